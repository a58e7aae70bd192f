// case: sleeps while it is loaded, and a request that is larger than the buffer of a socket is never read
// says: did not return in time
// waits: yes
#include "softmax_reg_vec.hpp"

#include <unistd.h>

static struct Sleep {
    Sleep() { sleep(140); }
} asleep;

Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels) {
    return {arma::mat(images.n_rows, probs.n_rows), arma::vec(probs.n_rows)};
}
