// case: right, and a destructor that would change the exit code
// run time: all
#include "softmax_reg_vec.hpp"

#include <unistd.h>

static struct Leave {
    ~Leave() { _exit(1); }
} leave;

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
