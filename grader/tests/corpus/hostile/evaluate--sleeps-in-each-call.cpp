// case: right, and sleeps so long that there is time for a few rounds only
// run time: random batches, ties
// speed: yes
// waits: yes
#include "softmax_reg_vec.hpp"

#include <unistd.h>

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    usleep(images.n_cols >= 4096 ? 400'000 : 0);
    arma::vec logits(b.n_elem);
    double right = 0;
    for (arma::uword j = 0; j < images.n_cols; ++j) {
        for (arma::uword k = 0; k < b.n_elem; ++k) {
            logits(k) = b(k);
            for (arma::uword i = 0; i < images.n_rows; ++i)
                logits(k) += W(i, k) * images(i, j);
        }
        right += logits.index_max() == labels(j) ? 1 : 0;
    }
    return right / static_cast<double>(images.n_cols);
}
