// Step 5: one epoch of SGD over whole batches, with the three functions of step 6. Logits are K x m here.
// One loop: for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)); batch has images and labels.
#include "softmax_reg_vec.hpp"

// Updates `model` (W: D x K, b: K) once a batch and returns the mean loss over the images of `train`.
// NumPy, where an image is a row: probs = softmax_batch(np.dot(batch_imgs, W) + b)
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    // TODO(student): one loop, over the batches; no other.
    throw lab::NotImplemented(train, hp, model);
}
