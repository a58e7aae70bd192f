// For `make reliability`: the model answer after products of W with more images than it needs, EXTRA for each thousand,
// so that its speed can be set to any fraction of a gate. That is what a slow answer on whole batches does: it goes
// through the images more often than it must.
#include <algorithm>

#include "softmax_reg_vec.hpp"

namespace {

void multiply_more(const arma::mat& images, const arma::mat& W) {
    volatile double sink = 0;
    arma::uword first = 0;
    for (arma::uword left = images.n_cols * EXTRA / 1000; left != 0;) {
        const arma::uword count = std::min({left, images.n_cols - first, arma::uword{64}});
        const arma::mat logits = W.t() * images.cols(first, first + count - 1);
        sink = logits(0);
        left -= count;
        first = (first + count) % images.n_cols;
    }
    (void)sink;
}

}  // namespace

#ifdef DILUTE_TRAINING
#define train_sgd_vec answer
#include "solutions/train_sgd_vec.cpp"
#undef train_sgd_vec
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    multiply_more(train.images, model.W);
    return answer(train, hp, model);
}
#else
#define evaluate answer
#include "solutions/evaluate.cpp"
#undef evaluate
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    multiply_more(images, W);
    return answer(images, labels, W, b);
}
#endif
