// Step 10, a bonus: the epoch of train_sgd_vec by any means, on one thread.
// Loops are welcome, and so are vectors and attributes of the compiler, intrinsics and prefetching.
#include "softmax_reg_vec.hpp"

// HELPERS
// The logits are m x K here, so that a vector holds those of several images.
#include <cmath>

#define INLINE [[gnu::always_inline]] inline

namespace {

using arma::uword;
constexpr uword at_once = 5;  // classes: as many columns of W are 31 KB and stay in the first cache

// L doubles in a register, as a vector of GCC; in memory they may begin at any double.
template <uword L> struct Register {
    typedef double Vector __attribute__((vector_size(8 * L), aligned(8), may_alias));
};
template <uword L> using Vector = typename Register<L>::Vector;
template <uword L> INLINE const Vector<L>& at(const double* p) { return *reinterpret_cast<const Vector<L>*>(p); }
template <uword L> INLINE Vector<L>& at(double* p) { return *reinterpret_cast<Vector<L>*>(p); }

// x becomes exp(x), for x <= 0: 2^n times the Taylor series of the rest, to 2e-10. What is below -700 counts as -700.
template <uword L> INLINE void to_exp(Vector<L>& x) {
    using Bits = decltype(x < x);
    constexpr double whole = 6755399441055744.0;  // 1.5 * 2^52: doubles of this size are whole numbers
    x = x < -700.0 ? Vector<L>{} - 700.0 : x;
    const Vector<L> n = x * 1.4426950408889634 + whole;  // x / ln(2), rounded
    x -= (n - whole) * 0.6931471805599453;
    Vector<L> sum{};
    for (const double term : {1. / 40320, 1. / 5040, 1. / 720, 1. / 120, 1. / 24, 1. / 6, 1. / 2, 1., 1.})
        sum = sum * x + term;
    x = (Vector<L>)((Bits)sum + ((Bits)n << 52));  // n is added to the exponent of sum
}

// Calls work(N, i) for each N of `count`, and work(1, i) for each of those that are left. N is a constant.
template <uword N, class Work> INLINE void in_tiles(uword count, Work work) {
    uword i = 0;
    for (; i + N <= count; i += N)
        work(std::integral_constant<uword, N>{}, i);
    for (; i < count; ++i)
        work(std::integral_constant<uword, 1>{}, i);
}

// Adds the products of C columns of W and J images, D long each, to their logits; the classes are `stride` apart.
// C x J sums stay in registers: what is fetched of W is used J times, what is fetched of an image C times.
template <uword L, uword C, uword J>
INLINE void add_products(const double* W, const double* X, uword D, double* logits, uword stride) {
    Vector<L> sums[C][J] = {};
    for (uword d = 0; d < D / L * L; d += L)
        for (uword c = 0; c < C; ++c)
            for (uword j = 0; j < J; ++j)
                sums[c][j] += at<L>(W + c * D + d) * at<L>(X + j * D + d);
    for (uword c = 0; c < C; ++c)
        for (uword j = 0; j < J; ++j)
            for (uword i = 0; i < L; ++i)
                logits[c * stride + j] += sums[c][j][i];
}

// Adds m images, each times its errors, to C columns of W, in N vectors of their rows. The sums stay in registers.
// Meanwhile the same rows of the m images that come next are fetched.
template <uword L, uword C, uword N>
INLINE void add_outer_products(double* W, const double* X, uword D, const double* errors, uword stride, uword m) {
    Vector<L> sums[C][N] = {};
    for (uword j = 0; j < m; ++j) {
        for (uword i = 0; i < N * L; i += 8)
            __builtin_prefetch(X + (m + j) * D + i, 0, 2);
        for (uword c = 0; c < C; ++c)
            for (uword n = 0; n < N; ++n)
                sums[c][n] += at<L>(X + j * D + n * L) * errors[c * stride + j];
    }
    for (uword c = 0; c < C; ++c)
        for (uword n = 0; n < N; ++n)
            at<L>(W + c * D + n * L) += sums[c][n];
}

// Turns logits into probabilities, those of L images at a time.
template <uword L> INLINE void softmax(double* Z, uword K, uword stride) {
    for (double* z = Z; z < Z + stride; z += L) {
        Vector<L> top = at<L>(z), sum{};
        for (uword k = 1; k < K; ++k)
            top = at<L>(z + k * stride) > top ? at<L>(z + k * stride) : top;
        for (uword k = 0; k < K; ++k) {
            to_exp<L>(at<L>(z + k * stride) -= top);
            sum += at<L>(z + k * stride);
        }
        for (uword k = 0; k < K; ++k)
            at<L>(z + k * stride) /= sum;
    }
}

template <uword L> INLINE double epoch(const Dataset& train, const Hyperparameters& hp, Model& model) {
    const uword D = model.W.n_rows, K = model.b.n_elem;
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const uword m = batch.labels.n_elem, stride = (m + L - 1) / L * L;
        const double* X = batch.images.memptr();
        arma::mat Z = arma::repmat(model.b.t(), stride, 1);
        Z.head_rows(m) += batch.images.tail_rows(D % L).t() * model.W.tail_rows(D % L);  // what no vector takes
        in_tiles<at_once>(K, [&](auto C, uword k) {
            in_tiles<L / 2>(m, [&](auto J, uword j) {
                add_products<L, C, J>(model.W.colptr(k), X + j * D, D, &Z.at(j, k), stride);
            });
        });
        softmax<L>(Z.memptr(), K, stride);
        for (uword j = 0; j < m; ++j)
            loss -= std::log(Z.at(j, batch.labels[j])--);
        Z *= -hp.learning_rate / static_cast<double>(m);
        in_tiles<at_once>(K, [&](auto C, uword k) {
            in_tiles<L / 2>(D / L, [&](auto N, uword n) {
                add_outer_products<L, C, N>(&model.W.at(n * L, k), X + n * L, D, Z.colptr(k), stride, m);
            });
        });
        model.W.tail_rows(D % L) += batch.images.tail_rows(D % L) * Z.head_rows(m);
        model.b += arma::sum(Z.head_rows(m), 0).t();
    }
    return loss / static_cast<double>(train.images.n_cols);
}

#define EPOCH(name, L, processor)                                                                                      \
    [[gnu::target(processor), gnu::optimize("O3")]] double name(const Dataset& a, const Hyperparameters& b,            \
                                                                Model& c) {                                            \
        return epoch<L>(a, b, c);                                                                                      \
    }
#ifdef __x86_64__
EPOCH(with_avx512, 8, "avx512f")
EPOCH(with_avx2, 4, "avx2,fma")
#endif

}  // namespace
// END HELPERS

// One epoch of SGD: the arguments, the update of `model` and the mean loss of train_sgd_vec.
double train_sgd_fast(const Dataset& train, const Hyperparameters& hp, Model& model) {
    // ANSWER by any means, for any D, K and m
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return with_avx512(train, hp, model);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return with_avx2(train, hp, model);
#endif
    return epoch<2>(train, hp, model);
    // END ANSWER
}
