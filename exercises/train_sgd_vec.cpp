// Step 5: one epoch of SGD over whole batches, with the three functions of step 6. Logits are K x m here.
// One loop: for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)); batch has images and labels.
#include "softmax_reg_vec.hpp"

// Updates `model` (W: D x K, b: K) once a batch and returns the mean loss over the images of `train`.
// loops::train_sgd does this in each batch of m images, with one image after the other. x is the image (D):
//     z(k) = W(0, k) * x(0) + ... + W(D-1, k) * x(D-1) + b(k)  for each k     K numbers
//     p    = the softmax of z                                                K numbers
//     loss = loss + the cross-entropy of p                                   one number
//     sum  = sum + the gradient of x and p                                   D x K numbers and K numbers
// Then W and b lose the learning rate times sum / m, once a batch. In the end it returns loss / n.
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    // TODO(student): one loop, over the batches; no other.
    throw lab::NotImplemented(train, hp, model);
}
