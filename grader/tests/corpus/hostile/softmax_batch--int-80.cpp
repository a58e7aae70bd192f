// case: calls the kernel by its 32-bit gate, where calls have other numbers
// says: was ended by signal 31 | crashed (segmentation fault)
#include "softmax_reg_vec.hpp"

#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    // A kernel that has this gate asks seccomp, which ends the worker; one without it lets the instruction crash.
    long result = 2;  // fork
    asm volatile("int $0x80" : "+a"(result)::"memory");
    if (result == 0) _exit(0);
    if (result > 0) reached("int 0x80");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
