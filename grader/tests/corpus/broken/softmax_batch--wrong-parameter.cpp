// case: takes a copy: another function than the contract's
// fails: all
// says: is not defined with the signature of the contract
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(arma::mat logits) {
    logits.each_row() -= arma::max(logits, 0);
    return arma::normalise(arma::exp(logits), 1);
}
