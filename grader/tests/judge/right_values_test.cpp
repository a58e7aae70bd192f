// What timed calls are compared with must itself be the loop version, but for its speed.
#include "grader/judge/catch.hpp"
#include "softmax_reg.hpp"

namespace {

constexpr double tolerance = 1e-12;

Dataset random_set(arma::uword images) {
    return {arma::randu(30, images), arma::randi<arma::uvec>(images, arma::distr_param(0, 3))};
}

}  // namespace

TEST_CASE("by products: an epoch is that of the loop version, whatever is left for the last batch") {
    for (const arma::uword images : {64, 100, 7}) {
        const Dataset train = random_set(images);
        const Hyperparameters hp{0.1, 32, 1, 0};
        Model loop{arma::randn(30, 4), arma::randn<arma::vec>(4)};
        Model products = loop;
        CHECK(std::abs(train_sgd_vec(train, hp, products) - loops::train_sgd(train, hp, loop)) < tolerance);
        CHECK(arma::abs(products.W - loop.W).max() < tolerance);
        CHECK(arma::abs(products.b - loop.b).max() < tolerance);
    }
}

TEST_CASE("by products: an accuracy is that of the loop version, and of equal logits the first counts") {
    const Dataset set = random_set(200);
    const arma::mat W = arma::randn(30, 4);
    CHECK(evaluate(set.images, set.labels, W, {0, 1, 2, 3}) ==
          loops::evaluate(set.images, set.labels, W, {0, 1, 2, 3}));
    const arma::mat none(30, 4);
    CHECK(evaluate(set.images, set.labels, none, {5, 5, 5, 5}) ==
          loops::evaluate(set.images, set.labels, none, {5, 5, 5, 5}));
}
