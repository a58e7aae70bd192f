// Step 6, cross_entropy_loss_batch: the sum over the batch, against the loop version and NumPy's number.
#include "grader/baselines/by_loops.hpp"
#include "grader/catch.hpp"
#include "grader/checks/inputs.hpp"
#include "grader/judge/compare.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

#include <cmath>

namespace {

void check(Submission& submission, const arma::mat& probs, const arma::uvec& labels, double expected) {
    const std::string call =
        call_text("cross_entropy_loss_batch", {{"probs", &probs}}, ", labels " + std::to_string(labels.n_elem));
    const auto loss = submission.call("cross_entropy_loss_batch", call, probs, labels).take<double>();
    expect_equal(loss, expected, {"the loss summed over the batch", call});
}

void check(Submission& submission, const arma::mat& probs, const arma::uvec& labels) {
    check(submission, probs, labels, by_loops::cross_entropy_loss_batch(probs, labels));
}

}  // namespace

TEST_CASE("cross_entropy_loss_batch: random batches", "[cross_entropy_loss_batch][parity]") {
    Submission submission({"cross_entropy_loss_batch"});
    check(submission, golden::probs, golden::labels, golden::loss_sum);
    for (const inputs::Shape& shape : inputs::shapes())
        check(submission, inputs::probs(shape), inputs::labels(shape));
}

TEST_CASE("cross_entropy_loss_batch: probabilities near 0", "[cross_entropy_loss_batch][parity]") {
    Submission submission({"cross_entropy_loss_batch"});
    // Far below any epsilon that one might add before the logarithm, and a plain 0 where it must not be looked at.
    arma::mat probs(10, 24, arma::fill::zeros);
    const arma::uvec labels = inputs::labels({784, 10, 24});
    for (arma::uword j = 0; j < probs.n_cols; ++j) {
        const double small = std::pow(10.0, -12.0 * static_cast<double>(j));
        probs(labels(j), j) = small;
        probs((labels(j) + 1) % 10, j) = 1.0 - small;
    }
    check(submission, probs, labels);
}
