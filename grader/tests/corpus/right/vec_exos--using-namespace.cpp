// case: using namespace arma, products with ones, one-liners, other parameter names in all ten
#include "vec_exos.hpp"

using namespace arma;

mat center_rows(const mat& X) { return X - mean(X, 1) * ones<rowvec>(X.n_cols); }

mat normalize_columns(const mat& X) { return normalise(X, 1); }

rowvec log_sum_exp(const mat& X) {
    rowvec c = max(X, 0);
    mat shifted = X - ones(X.n_rows) * c;
    return log(sum(exp(shifted), 0)) + c;
}

mat one_hot(const uvec& y, uword K) {
    return eye(K, K).eval().cols(y);
}

vec pick_per_column(const mat& X, const uvec& i) {
    mat chosen = X.rows(i);
    return chosen.diag();
}

uvec argmax_per_column(const mat& X) {
    return index_max(X.t(), 1);
}

double accuracy(const uvec& p, const uvec& y) {
    return mean(conv_to<vec>::from(p == y));
}

mat squared_distances(const mat& X, const mat& Y) {
    vec x = sum(square(X), 0).t();
    rowvec y = sum(square(Y), 0);
    return x * ones<rowvec>(Y.n_cols) + ones(X.n_cols) * y - 2.0 * (X.t() * Y);
}

mat sum_outer_products(const mat& X, const mat& Y) { return X * trans(Y); }

mat least_squares(const mat& X, const mat& Y) { return pinv(X) * Y; }
