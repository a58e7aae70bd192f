// case: too slow, and sleeps without a call of the system by name, so that there is time for a few rounds only
// run time: random batches, ties
// speed: yes
// waits: yes
#include "softmax_reg_vec.hpp"

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    std::timed_mutex lock;
    lock.lock();
    const bool is_timed = images.n_cols > 4000 && !lock.try_lock_for(std::chrono::milliseconds(1500));
    const arma::mat products = images.t() * arma::repmat(W, 1, is_timed ? 8 : 1);
    const arma::mat logits = products.head_cols(W.n_cols).eval().each_row() + b.t();
    lock.unlock();
    return arma::mean(arma::conv_to<arma::vec>::from(arma::index_max(logits, 1) == labels));
}
