// Step 6, softmax_batch: against the loop version, NumPy's numbers, and logits that overflow a naive exp.
#include "grader/baselines/by_loops.hpp"
#include "grader/catch.hpp"
#include "grader/checks/inputs.hpp"
#include "grader/judge/compare.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

namespace {

void check(Submission& submission, const arma::mat& logits, const arma::mat& expected) {
    const std::string call = call_text("softmax_batch", {{"logits", &logits}});
    const auto probs = submission.call("softmax_batch", call, logits).take<arma::mat>();
    expect_equal(probs, expected, {"the probability", call});
}

void check(Submission& submission, const arma::mat& logits) {
    check(submission, logits, by_loops::softmax_batch(logits));
}

}  // namespace

TEST_CASE("softmax_batch: random logits", "[softmax_batch][parity]") {
    Submission submission({"softmax_batch"});
    check(submission, golden::logits, golden::probs);
    check(submission, inputs::logits({784, 10, 64}));
    check(submission, inputs::logits({784, inputs::between(2, 20), inputs::between(2, 99)}));
}

TEST_CASE("softmax_batch: large logits", "[softmax_batch][parity]") {
    Submission submission({"softmax_batch"});
    const arma::mat logits = inputs::logits({784, 10, 33});
    check(submission, logits + 1e4);
    check(submission, logits - 1e4);
    check(submission, 3e3 * logits);
    arma::mat far_apart = logits;
    far_apart.row(0) += 1e4;
    far_apart.row(1) -= 1e4;
    check(submission, far_apart);
    // A shift by one maximum for the whole batch underflows the columns that lie far below it.
    arma::mat levels = logits;
    levels.each_row() += arma::linspace<arma::rowvec>(-1e4, 1e4, logits.n_cols);
    check(submission, levels);
}

TEST_CASE("softmax_batch: one image, one class", "[softmax_batch][parity]") {
    Submission submission({"softmax_batch"});
    check(submission, inputs::logits({784, 10, 1}));
    check(submission, inputs::logits({784, 1, 6}));
    check(submission, inputs::logits({784, 1, 1}));
    check(submission, arma::mat(10, 5, arma::fill::ones));
}
