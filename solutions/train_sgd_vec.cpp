// Step 5: one epoch of SGD over whole batches, with the three functions of step 6. Logits are K x m here.
// One loop: for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)); batch has images and labels.
#include "softmax_reg_vec.hpp"

// Updates `model` (W: D x K, b: K) once a batch and returns the mean loss over the images of `train`.
// LOOPS loops::train_sgd does this in each batch of m images, with one image after the other. x is the image (D):
// LOOPS     z(k) = W(0, k) * x(0) + ... + W(D-1, k) * x(D-1) + b(k)  for each k     K numbers
// LOOPS     p    = the softmax of z                                                K numbers
// LOOPS     loss = loss + the cross-entropy of p                                   one number
// LOOPS     sum  = sum + the gradient of x and p                                   D x K numbers and K numbers
// LOOPS Then W and b lose the learning rate times sum / m, once a batch. In the end it returns loss / n.
// NUMPY NumPy, where an image is a row: probs = softmax_batch(np.dot(batch_imgs, W) + b)
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    // ANSWER one loop, over the batches; no other
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits = model.W.t() * batch.images;
        logits.each_col() += model.b;
        const arma::mat probs = softmax_batch(logits);
        loss += cross_entropy_loss_batch(probs, batch.labels);
        const Gradients grad = grad_batch(batch.images, probs, batch.labels);
        model.W -= hp.learning_rate * grad.W;
        model.b -= hp.learning_rate * grad.b;
    }
    return loss / static_cast<double>(train.images.n_cols);
    // END ANSWER
}
