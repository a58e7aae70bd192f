// case: a parameter of another name, const on the right
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(arma::mat const &Z) {
    arma::mat const E = arma::exp(Z.each_row() - arma::max(Z, 0));
    return E.each_row() / arma::sum(E, 0);
}
