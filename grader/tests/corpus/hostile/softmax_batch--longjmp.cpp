// case: jumps out of the second call into the first
// says: should be
#include "softmax_reg_vec.hpp"

#include <csetjmp>

static std::jmp_buf place;
static int calls = 0;

arma::mat softmax_batch(const arma::mat& logits) {
    if (++calls > 1 && calls < 9) std::longjmp(place, 1);
    if (setjmp(place) != 0) std::abort();
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
