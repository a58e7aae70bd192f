// case: right, with a memory of its own that is always full
// run time: all
#include "softmax_reg_vec.hpp"

#include <new>

void* operator new(std::size_t) { throw std::bad_alloc(); }
void operator delete(void*) noexcept {}
void operator delete(void*, std::size_t) noexcept {}

arma::mat softmax_batch(const arma::mat& logits) {
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
