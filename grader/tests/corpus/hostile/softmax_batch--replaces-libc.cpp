// case: right, with system calls of its own that fail
// run time: all
#include "softmax_reg_vec.hpp"

#include <sys/types.h>
#include <unistd.h>

extern "C" {
ssize_t send(int, const void*, size_t, int) { return -1; }
ssize_t recv(int, void*, size_t, int) { return -1; }
void* memcpy(void* target, const void*, size_t) noexcept { return target; }
void* malloc(size_t) noexcept { return nullptr; }
int raise(int) noexcept { return 0; }
}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
