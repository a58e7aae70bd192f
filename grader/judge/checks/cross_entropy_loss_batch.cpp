// Step 6, cross_entropy_loss_batch: the sum over the batch, against the loop version and NumPy's number.
#include "by_loops.hpp"
#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

#include <cmath>

namespace {

std::vector<Mistake> mistakes(const arma::mat& probs, const arma::uvec& labels, double loss) {
    arma::vec picked(labels.n_elem);
    arma::vec next(labels.n_elem);
    arma::vec before(labels.n_elem);
    arma::vec at_label(labels.n_elem);
    for (arma::uword j = 0; j < labels.n_elem; ++j) {
        picked(j) = probs(labels(j), j);
        at_label(j) = probs(labels(j));
        next(j) = probs((labels(j) + 1) % probs.n_rows, j);
        // As elem() finds it: the class before class 0 is the last one of the column before, or throws in the first.
        const arma::uword position = labels(j) + j * probs.n_rows;
        before(j) = probs(position > 0 ? position - 1 : 0);
    }
    const auto m = static_cast<double>(labels.n_elem);
    const Text off_by_one = tr("the labels are off by one: classes count from 0");
    return {
        mistake(loss / m, tr("this is the mean: the contract wants the sum over the batch")),
        mistake(-loss, tr("the sign: the logarithm of a probability is negative, the loss is not")),
        mistake(-arma::accu(arma::log(probs)),
                tr("the logarithms of all classes are in the sum: only the true class of "
                   "each image counts")),
        mistake(-arma::accu(arma::log(at_label)), tr("the labels were used as positions in memory: that looks "
                                                     "into the first columns only (handout, fancy indexing)")),
        mistake(-arma::accu(arma::log(probs.rows(labels))),
                tr("each label was looked up in every image: a list of rows with a list of columns is the block of all "
                   "pairs, np.ix_ in NumPy, and so is * for %")),
        mistake(-arma::accu(arma::log(probs.cols(arma::clamp(labels, 0, probs.n_cols - 1)))),
                tr("the labels were used as numbers of columns: a column is an image, and a label is a row in it")),
        mistake(-std::log(arma::accu(picked)),
                tr("the logarithm was taken after the sum: take it of each probability")),
        mistake(-arma::accu(picked), tr("there is no logarithm in this sum")),
        mistake(-arma::accu(arma::log(next)), off_by_one),
        mistake(-arma::accu(arma::log(before)), off_by_one),
        mistake(loss / std::log(2.0), tr("this is log2: the loss is in nats, arma::log")),
        mistake(loss / std::log(10.0), tr("this is log10: the loss is in nats, arma::log")),
    };
}

void check(Submission& submission, const arma::mat& probs, const arma::uvec& labels, double expected) {
    const std::string call =
        call_text("cross_entropy_loss_batch", {{"probs", &probs}}, ", labels " + std::to_string(labels.n_elem));
    const auto loss = submission.call("cross_entropy_loss_batch", call, probs, labels).take<double>();
    expect_equal(
        loss, expected,
        {tr("the loss summed over the batch"), call, mistakes(probs, labels, expected),
         tr("the logarithm of 0 is infinite, and 0 times infinite is no number: take the probability of the true "
            "class first, then its logarithm")});
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
