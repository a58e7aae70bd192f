// case: std::inner_product in one of the ten
// rules: loop, not-allowed
#include <functional>
#include <numeric>

#include "vec_exos.hpp"

double accuracy(const arma::uvec& predicted, const arma::uvec& labels) {
    const double right = std::inner_product(predicted.begin(), predicted.end(), labels.begin(), 0.0, std::plus<>(),
                                            std::equal_to<>());
    return right / static_cast<double>(labels.n_elem);
}
