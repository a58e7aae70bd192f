// case: lets a timer interrupt the process all the time
// run time: random batches, ties
// speed: yes
#include "softmax_reg_vec.hpp"

#include <csignal>
#include <cstdio>
#include <sys/time.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

static void tick(int) {}

static void start() {
    const itimerval often{{0, 1000}, {0, 1000}};
    std::signal(SIGALRM, tick);
    if (setitimer(ITIMER_REAL, &often, nullptr) == 0) reached("a timer");
}

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    start();
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
