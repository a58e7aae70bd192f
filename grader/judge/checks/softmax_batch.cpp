// Step 6, softmax_batch: against the loop version, NumPy's numbers, and logits that overflow a naive exp.
#include "by_loops.hpp"
#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

namespace {

// What comes out with another shift of each column than by its largest logit.
arma::mat shifted_by(const arma::mat& logits, const arma::rowvec& shift) {
    arma::mat e(arma::size(logits));
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        e.col(j) = arma::exp(logits.col(j) - shift(j));
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        e.col(j) /= arma::accu(e.col(j));
    return e;
}

std::vector<Mistake> mistakes(const arma::mat& logits) {
    const arma::mat right = by_loops::softmax_batch(logits);
    arma::mat e(arma::size(logits));
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        e.col(j) = arma::exp(logits.col(j) - logits.col(j).max());
    const Text wrong_axis = tr("the rows sum to 1, not the columns: an image is a column (handout, softmax_batch)");
    return {
        {by_loops::softmax_batch(logits.t()).t(), wrong_axis},
        {e.each_col() / arma::sum(e, 1), wrong_axis},
        {e / arma::accu(e), tr("the whole batch sums to 1: each column has a sum of its own (handout, softmax_batch)")},
        {e, tr("nothing was divided by: a probability is exp of the logit over the sum of its column")},
        {arma::exp(logits), tr("this is exp of the logits: divide each column by its sum")},
        {arma::log(right), tr("this is the logarithm of the probabilities")},
        {by_loops::softmax_batch(logits.each_col() - arma::max(logits, 1)),
         tr("the largest of each row was subtracted, a different number from each class, which changes the "
            "probabilities: an image is a column, so it is the largest of each column (handout, softmax_batch)")},
        {shifted_by(logits, arma::min(logits, 0)),
         tr("the shift by the smallest element makes the others large, and their exp infinite: which element should "
            "become 0?")},
        {shifted_by(logits, arma::rowvec(logits.n_cols, arma::fill::value(logits.max()))),
         tr("one shift for the whole matrix: in a column far below it every exp is 0; each column needs a shift of "
            "its own")},
    };
}

void check(Submission& submission, const arma::mat& logits, const arma::mat& expected) {
    const std::string call = call_text("softmax_batch", {{"logits", &logits}});
    const auto probs = submission.call("softmax_batch", call, logits).take<arma::mat>();
    expect_equal(
        probs, expected,
        {tr("the probability"), call, mistakes(logits),
         tr("exp of a large number is infinite, of a very negative one 0, and neither infinite / infinite nor 0 / 0 "
            "is a number: no column may hold an infinite exp, or zeros only (handout, softmax_batch)")});
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
