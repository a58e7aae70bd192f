// case: leaves five processes behind
// says: should be
#include "softmax_reg_vec.hpp"

#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    for (int i = 0; i < 5; ++i) {
        const int child = fork();
        if (child == 0) {
            sleep(20);
            _exit(0);
        }
        if (child > 0) reached("fork");
    }
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
