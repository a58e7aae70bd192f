// case: a misspelt name
// fails: all
// says: is not defined with the signature of the contract
#include "softmax_reg_vec.hpp"

arma::mat softmaxbatch(const arma::mat& logits) {
    return arma::normalise(arma::exp(logits.each_row() - arma::max(logits, 0)), 1);
}
