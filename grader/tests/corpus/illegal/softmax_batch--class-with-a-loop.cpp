// case: a loop in the constructor of a class
// rules: class, loop
#include "softmax_reg_vec.hpp"

struct Shifted {
    arma::mat values;
    explicit Shifted(const arma::mat& logits) : values(logits) {
        for (arma::uword j = 0; j < values.n_cols; ++j) values.col(j) -= values.col(j).max();
    }
};

arma::mat softmax_batch(const arma::mat& logits) {
    return arma::normalise(arma::exp(Shifted(logits).values), 1);
}
