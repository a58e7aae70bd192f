// case: right, and spoils the functions of the other files
// run time: all
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat&, const arma::uvec&, const arma::mat&, const arma::vec&) { std::abort(); }
double train_sgd_vec(const Dataset&, const Hyperparameters&, Model&) { std::abort(); }
std::vector<lab::Batch> lab::create_batches(const Dataset&, arma::uword) { std::abort(); }

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
