// case: calls the kernel by the numbers of another architecture
// says: was ended by signal 31
#include "softmax_reg_vec.hpp"

#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    const long result = syscall(0x40000000L | 57);  // fork
    if (result == 0) _exit(0);
    if (result > 0) reached("x32");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
