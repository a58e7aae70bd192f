// What the handout says of Armadillo where it differs from NumPy, for an eye that would not notice if it changed.
#include <armadillo>

#include "grader/judge/catch.hpp"

TEST_CASE("a number that occurs twice is counted twice", "[handout]") {
    arma::vec counts(2, arma::fill::zeros);
    counts.elem(arma::uvec{0, 0, 1}) += 1.0;
    CHECK(counts(0) == 2.0);
    CHECK(counts(1) == 1.0);
    arma::mat block(2, 2, arma::fill::zeros);
    block(arma::uvec{0, 0}, arma::uvec{0, 1}) += 1.0;
    CHECK(block(0, 1) == 2.0);
}

TEST_CASE("two lists are the block of all pairs", "[handout]") {
    const arma::mat A(3, 4, arma::fill::randu);
    const arma::mat block = A(arma::uvec{2, 0}, arma::uvec{1, 3});
    CHECK(block.n_elem == 4);
    CHECK(block(0, 1) == A(2, 3));
}
