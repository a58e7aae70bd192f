// case: float storage is a means, too: six digits are asked for
#include "softmax_reg_vec.hpp"

#include <cmath>

double train_sgd_fast(const Dataset& train, const Hyperparameters& hp, Model& model) {
    arma::fmat W = arma::conv_to<arma::fmat>::from(model.W);
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::fmat images = arma::conv_to<arma::fmat>::from(batch.images);
        arma::mat Z = arma::conv_to<arma::mat>::from(arma::fmat(W.t() * images));
        Z.each_col() += model.b;
        Z.each_row() -= arma::max(Z, 0);
        Z = arma::exp(Z);
        Z.each_row() /= arma::sum(Z, 0);
        for (arma::uword j = 0; j < Z.n_cols; ++j)
            loss -= std::log(Z(batch.labels[j], j)--);
        Z *= hp.learning_rate / static_cast<double>(Z.n_cols);
        W -= images * arma::conv_to<arma::fmat>::from(Z).t();
        model.b -= arma::sum(Z, 1);
    }
    model.W = arma::conv_to<arma::mat>::from(W);
    return loss / static_cast<double>(train.images.n_cols);
}
