// case: using namespace arma
#include "softmax_reg_vec.hpp"

using namespace arma;

mat softmax_batch(const mat& logits) {
    mat probs = exp(logits.each_row() - max(logits, 0));
    probs.each_row() /= sum(probs, 0);
    return probs;
}
