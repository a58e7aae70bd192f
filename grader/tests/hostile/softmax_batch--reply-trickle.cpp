// case: a reply of 200 MB, a byte every half millisecond, so that it is never quite late
// says: did not return in time
// waits: yes
#include "softmax_reg_vec.hpp"

#include <unistd.h>
#include <cstdint>

arma::mat softmax_batch(const arma::mat& logits) {
    const std::uint64_t length = 200u << 20u;
    if (write(3, &length, sizeof length) < 0) return logits;
    for (int i = 0; i < 400'000 && write(3, "", 1) == 1; ++i)
        usleep(300);
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
