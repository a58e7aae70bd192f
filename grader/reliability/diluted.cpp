// For `make reliability`: the model answer after EXTRA steps of arithmetic that touch no memory, so that its speed can
// be set to any fraction of a gate.
#include "softmax_reg_vec.hpp"

namespace {

void burn() {
    volatile double sink = 0;
    double x = 1;
    for (long i = 0; i < EXTRA; ++i)
        x = x * 0.999999 + 1e-9;
    sink = x;
    (void)sink;
}

}  // namespace

#ifdef DILUTE_TRAINING
#define train_sgd_vec answer
#include "solutions/train_sgd_vec.cpp"
#undef train_sgd_vec
double train_sgd_vec(const Dataset& train, const Hyperparameters& hp, Model& model) {
    burn();
    return answer(train, hp, model);
}
#else
#define evaluate answer
#include "solutions/evaluate.cpp"
#undef evaluate
double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    burn();
    return answer(images, labels, W, b);
}
#endif
