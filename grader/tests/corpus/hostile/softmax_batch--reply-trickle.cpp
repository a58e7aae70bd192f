// case: a reply of 200 MB, byte after byte, so that the judge never waits for one
// says: did not return in time
// waits: yes
#include "softmax_reg_vec.hpp"

#include <cstdint>
#include <ctime>
#include <unistd.h>

arma::mat softmax_batch(const arma::mat& logits) {
    const std::uint64_t length = 200u << 20u;
    if (write(3, &length, sizeof length) < 0) return logits;
    for (const std::time_t end = std::time(nullptr) + 140; std::time(nullptr) < end;)
        if (write(3, "", 1) != 1) break;
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
