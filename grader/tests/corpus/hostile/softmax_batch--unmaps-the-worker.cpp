// case: takes the program of the worker away from under it
// says: crashed
#include "softmax_reg_vec.hpp"

#include <cstdint>
#include <sys/mman.h>

arma::mat softmax_batch(const arma::mat& logits) {
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)) & ~std::uintptr_t{4095};
    munmap(reinterpret_cast<void*>(here), 4096);
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
