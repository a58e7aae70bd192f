// case: a row added to a number's place: an error deep inside Armadillo's templates
// fails: compiles
// says: softmax_batch\.cpp:\d+: 
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    const std::string text = arma::sum(logits, 0);
    return logits;
}
