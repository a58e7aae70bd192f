// The steps of the bonus exercise, one upon the other; see steps.hpp. The last is what solutions/train_sgd_fast.cpp
// does.
#include "grader/experiments/ablation/steps.hpp"

#include <cmath>
#include <stdexcept>

#define INLINE [[gnu::always_inline]] inline

namespace {

using arma::uword;

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

// Steps 1 and 2: one sum at a time, or C x J of them in registers.
template <uword L, uword C, uword J>
INLINE void add_products(const double* W, const double* X, uword D, double* logits, uword stride) {
    Vector<L> sums[C][J] = {};
    for (uword d = 0; d < D; d += L)
        for (uword c = 0; c < C; ++c)
            for (uword j = 0; j < J; ++j)
                sums[c][j] += at<L>(W + c * D + d) * at<L>(X + j * D + d);
    for (uword c = 0; c < C; ++c)
        for (uword j = 0; j < J; ++j)
            for (uword i = 0; i < L; ++i)
                logits[c * stride + j] += sums[c][j][i];
}

// Step 1: W is read and written for each image.
template <uword L> INLINE void add_image(double* W, const double* x, uword D, double error) {
    for (uword d = 0; d < D; d += L)
        at<L>(W + d) += at<L>(x + d) * error;
}

// Step 2: C x N sums in registers while all images pass. Step 4: the next batch is fetched.
template <uword L, bool fetch, uword C, uword N>
INLINE void add_outer_products(double* W, const double* X, uword D, const double* errors, uword stride, uword m) {
    Vector<L> sums[C][N] = {};
    for (uword j = 0; j < m; ++j) {
        for (uword i = 0; fetch && i < N * L; i += 8)
            __builtin_prefetch(X + (m + j) * D + i, 0, 2);
        for (uword c = 0; c < C; ++c)
            for (uword n = 0; n < N; ++n)
                sums[c][n] += at<L>(X + j * D + n * L) * errors[c * stride + j];
    }
    for (uword c = 0; c < C; ++c)
        for (uword n = 0; n < N; ++n)
            at<L>(W + c * D + n * L) += sums[c][n];
}

// Step 5: exp for L images at a time, in place of std::exp for each number.
template <uword L, bool vectors> INLINE void softmax(double* Z, uword K, uword stride) {
    for (double* z = Z; z < Z + stride; z += L) {
        Vector<L> top = at<L>(z), sum{};
        for (uword k = 1; k < K; ++k)
            top = at<L>(z + k * stride) > top ? at<L>(z + k * stride) : top;
        for (uword k = 0; k < K; ++k) {
            Vector<L>& x = at<L>(z + k * stride) -= top;
            if (vectors) to_exp<L>(x);
            for (uword i = 0; !vectors && i < L; ++i)
                x[i] = std::exp(x[i]);
            sum += x;
        }
        for (uword k = 0; k < K; ++k)
            at<L>(z + k * stride) /= sum;
    }
}

// Step 3: the classes outside, so that five columns of W stay in the first cache while all images pass; before it the
// images outside, and all of W passes for each of their tiles.
template <uword L, int steps> INLINE void add_logits(const arma::mat& W, const double* X, uword m, arma::mat& Z) {
    constexpr uword C = steps > 1 ? 5 : 1, J = steps > 1 ? L / 2 : 1;
    const auto tile = [&](auto c, auto j, uword k, uword i) {
        add_products<L, c, j>(W.colptr(k), X + i * W.n_rows, W.n_rows, &Z.at(i, k), Z.n_rows);
    };
    if constexpr (steps > 2)
        in_tiles<C>(W.n_cols, [&](auto c, uword k) { in_tiles<J>(m, [&](auto j, uword i) { tile(c, j, k, i); }); });
    else
        in_tiles<J>(m, [&](auto j, uword i) { in_tiles<C>(W.n_cols, [&](auto c, uword k) { tile(c, j, k, i); }); });
}

template <uword L, int steps> INLINE void update(arma::mat& W, const double* X, uword m, const arma::mat& Z) {
    const uword D = W.n_rows;
    if constexpr (steps == 1) {
        for (uword j = 0; j < m; ++j)
            for (uword k = 0; k < W.n_cols; ++k)
                add_image<L>(W.colptr(k), X + j * D, D, Z.at(j, k));
    } else {
        in_tiles<5>(W.n_cols, [&](auto c, uword k) {
            in_tiles<L / 2>(D / L, [&](auto n, uword i) {
                add_outer_products<L, (steps > 3), c, n>(&W.at(i * L, k), X + i * L, D, Z.colptr(k), Z.n_rows, m);
            });
        });
    }
}

template <uword L, int steps> INLINE double epoch(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const uword m = batch.labels.n_elem;
        arma::mat Z = arma::repmat(model.b.t(), (m + L - 1) / L * L, 1);
        add_logits<L, steps>(model.W, batch.images.memptr(), m, Z);
        softmax<L, (steps > 4)>(Z.memptr(), Z.n_cols, Z.n_rows);
        for (uword j = 0; j < m; ++j)
            loss -= std::log(Z.at(j, batch.labels[j])--);
        Z *= -hp.learning_rate / static_cast<double>(m);
        update<L, steps>(model.W, batch.images.memptr(), m, Z);
        model.b += arma::sum(Z.head_rows(m), 0).t();
    }
    return loss / static_cast<double>(train.images.n_cols);
}

// The steps are compiled for each kind of processor.
#define STEP(n, L, name, ...)                                                                                          \
    __VA_ARGS__ [[gnu::optimize("O3")]] double name##n(const Dataset& a, const Hyperparameters& b, Model& c) {         \
        return epoch<L, n>(a, b, c);                                                                                   \
    }
#define STEPS(L, name, ...)                                                                                            \
    STEP(1, L, name, __VA_ARGS__)                                                                                      \
    STEP(2, L, name, __VA_ARGS__)                                                                                      \
    STEP(3, L, name, __VA_ARGS__)                                                                                      \
    STEP(4, L, name, __VA_ARGS__)                                                                                      \
    STEP(5, L, name, __VA_ARGS__)                                                                                      \
    constexpr Step name[] = {name##1, name##2, name##3, name##4, name##5};

using Step = double (*)(const Dataset&, const Hyperparameters&, Model&);
#ifdef __x86_64__
STEPS(8, with_avx512, [[gnu::target("avx512f")]])
STEPS(4, with_avx2, [[gnu::target("avx2,fma")]])
#endif
STEPS(2, with_any, )

}  // namespace

double epoch_in_steps(const Dataset& train, const Hyperparameters& hp, Model& model, int steps) {
    if (steps < 1 || steps > 5 || model.W.n_rows % 16 != 0) throw std::invalid_argument("epoch_in_steps: 1 to 5 steps");
    const int i = steps - 1;
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return with_avx512[i](train, hp, model);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return with_avx2[i](train, hp, model);
#endif
    return with_any[i](train, hp, model);
}
