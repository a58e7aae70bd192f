// case: lets a thread burn while the loop version is measured
// run time: random batches, ties
// speed: yes
#include "softmax_reg_vec.hpp"

#include <thread>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

static void burn() {
    try {
        std::thread([] {
            for (int i = 0; i < 2000; ++i)
                usleep(10'000);
        }).detach();
        reached("a thread");
    } catch (const std::system_error&) {}
}

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    burn();
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
