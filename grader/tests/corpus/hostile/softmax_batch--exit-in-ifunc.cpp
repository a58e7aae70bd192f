// case: a resolver that the loader calls leaves with success
// says: ended the process (exit code 0)
#include "softmax_reg_vec.hpp"

#include <unistd.h>

extern "C" {
static int (*resolve())() { _exit(0); }
int resolved() __attribute__((ifunc("resolve")));
}

arma::mat softmax_batch(const arma::mat& logits) {
    resolved();
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
