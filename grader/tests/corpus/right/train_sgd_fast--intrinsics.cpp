// case: the bonus with intrinsics, vectors, attributes in both spellings and prefetching, on processors that have them
#include "softmax_reg_vec.hpp"

#include <immintrin.h>

#include <cmath>

namespace {

typedef double Pair __attribute__((vector_size(16), aligned(8), may_alias));

[[gnu::target("sse3"), gnu::noinline]] double dot(const double* __restrict a, const double* __restrict b, long n) {
    __m128d sum = _mm_setzero_pd();
    long i = 0;
    for (; i + 2 <= n; i += 2) {
        __builtin_prefetch(a + i + 64);
        sum = _mm_add_pd(sum, _mm_mul_pd(_mm_loadu_pd(a + i), _mm_loadu_pd(b + i)));
    }
    double total = _mm_cvtsd_f64(_mm_hadd_pd(sum, sum));
    for (; i < n; ++i)
        total += a[i] * b[i];
    return total;
}

__attribute__((optimize("O3"))) void add(double* a, const double* b, double factor, long n) {
    for (long i = 0; i < n; ++i)
        a[i] += factor * b[i];
}

}  // namespace

double train_sgd_fast(const Dataset& train, const Hyperparameters& hp, Model& model) {
    const long D = static_cast<long>(model.W.n_rows);
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat logits(model.b.n_elem, batch.labels.n_elem);
        for (arma::uword j = 0; j < logits.n_cols; ++j)
            for (arma::uword k = 0; k < logits.n_rows; ++k)
                logits(k, j) = dot(model.W.colptr(k), batch.images.colptr(j), D) + model.b[k];
        logits.each_row() -= arma::max(logits, 0);
        logits = arma::exp(logits);
        logits.each_row() /= arma::sum(logits, 0);
        const double step = hp.learning_rate / static_cast<double>(logits.n_cols);
        for (arma::uword j = 0; j < logits.n_cols; ++j) {
            loss -= std::log(logits(batch.labels[j], j)--);
            for (arma::uword k = 0; k < logits.n_rows; ++k)
                add(model.W.colptr(k), batch.images.colptr(j), -step * logits(k, j), D);
        }
        model.b -= step * arma::sum(logits, 1);
    }
    return loss / static_cast<double>(train.images.n_cols);
}
