// Random inputs; see inputs.hpp. The listener of the judge seeds Armadillo's generator for each item.
#include "grader/judge/expect/inputs.hpp"

#include <cstdint>
#include <random>

#include "by_loops.hpp"
#include "grader/judge/expect/compare.hpp"

namespace inputs {

void draw_afresh() {
    static std::random_device chance;
    arma::arma_rng::set_seed((std::uint64_t{chance()} << 32u) | chance());
}

std::vector<Shape> shapes() {
    return {{784, 10, 64}, {784, 10, 1}, {784, 10, 37}, {784, 1, 5}, {between(2, 40), between(2, 12), between(2, 90)}};
}

arma::uword between(arma::uword least, arma::uword most) {
    return arma::randi<arma::uvec>(1, arma::distr_param(static_cast<int>(least), static_cast<int>(most)))(0);
}

arma::mat images(const Shape& shape) { return arma::randu(shape.pixels, shape.images); }
arma::mat logits(const Shape& shape) { return 2.0 * arma::randn(shape.classes, shape.images); }
arma::mat probs(const Shape& shape) { return by_loops::softmax_batch(logits(shape)); }

arma::uvec labels(const Shape& shape) {
    return arma::randi<arma::uvec>(shape.images, arma::distr_param(0, static_cast<int>(shape.classes) - 1));
}

Model model(const Shape& shape) {
    return Model{0.1 * arma::randn(shape.pixels, shape.classes), 0.1 * arma::randn<arma::vec>(shape.classes)};
}

Dataset dataset(const Shape& shape) { return Dataset{images(shape), labels(shape)}; }

}  // namespace inputs

std::string call_text(const std::string& function,
                      const std::vector<std::pair<std::string, const arma::mat*>>& matrices, const std::string& rest) {
    std::string text = function + "(";
    for (const auto& [name, matrix] : matrices) {
        if (text.back() != '(') text += ", ";
        text += name + " " + shape(*matrix);
    }
    return text + rest + ")";
}
