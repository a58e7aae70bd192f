// Step 9, evaluate: the accuracy, against the loop version and NumPy's number; of equal logits the first counts.
#include "by_loops.hpp"
#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"

namespace {

// The accuracy when, of equal logits, the last counts.
double accuracy_of_last(const Dataset& data, const Model& model) {
    const arma::mat logits = by_loops::logits(data.images, model);
    const arma::uword last = logits.n_rows - 1;
    double right = 0;
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        right += last - arma::reverse(logits.col(j)).index_max() == data.labels(j) ? 1 : 0;
    return right / static_cast<double>(data.labels.n_elem);
}

// The accuracy when each class whose logit equals the largest counts.
double accuracy_of_any(const Dataset& data, const Model& model) {
    const arma::mat logits = by_loops::logits(data.images, model);
    double right = 0;
    for (arma::uword j = 0; j < logits.n_cols; ++j)
        right += logits(data.labels(j), j) == logits.col(j).max() ? 1 : 0;
    return right / static_cast<double>(data.labels.n_elem);
}

std::vector<Mistake> mistakes(const Dataset& data, const Model& model, double accuracy) {
    const arma::vec no_b(model.b.n_elem, arma::fill::zeros);
    const Text smallest = tr("the class with the smallest logit was taken, not the one with the largest");
    const Text off_by_one = tr("the labels are off by one: classes count from 0");
    return {
        // Before those that are 0 where all logits are equal.
        mistake(0, tr("whole numbers divide to whole numbers, and a mean of them is one too: convert before you divide "
                      "(handout, From NumPy to Armadillo)")),
        mistake(loops::evaluate(data.images, data.labels, -model.W, -model.b), smallest),
        mistake(loops::evaluate(data.images, data.labels - 1, model.W, model.b), off_by_one),
        mistake(loops::evaluate(data.images, data.labels + 1, model.W, model.b), off_by_one),
        mistake(100 * accuracy, tr("this is a percentage: the contract wants a fraction, from 0 to 1")),
        mistake(accuracy * static_cast<double>(data.labels.n_elem),
                tr("this is how many are right: divide by how many there "
                   "are")),
        mistake(1 - accuracy, tr("this is the fraction that is wrong")),
        mistake(loops::evaluate(data.images, data.labels, model.W, no_b),
                tr("b was forgotten: the logits are W.t() * x + b")),
        mistake(accuracy_of_last(data, model), tr("of equal logits the last was taken; the first counts, as in NumPy")),
        mistake(accuracy_of_any(data, model),
                tr("of equal logits each was taken for the largest: only the first one is the predicted class")),
    };
}

void check(Submission& submission, const Dataset& data, const Model& model, double expected) {
    const std::string rest = ", labels " + std::to_string(data.labels.n_elem) + ", W " + shape(model.W) + ", b " +
                             std::to_string(model.b.n_elem);
    const std::string call = call_text("evaluate", {{"images", &data.images}}, rest);
    const auto accuracy = submission.call("evaluate", call, data.images, data.labels, model.W, model.b).take<double>();
    expect_equal(accuracy, expected, {tr("the accuracy"), call, mistakes(data, model, expected)});
}

void check(Submission& submission, const Dataset& data, const Model& model) {
    check(submission, data, model, loops::evaluate(data.images, data.labels, model.W, model.b));
}

}  // namespace

TEST_CASE("evaluate: random batches", "[evaluate][parity]") {
    Submission submission({"evaluate"});
    // So many images that no mistake looks like another one by chance.
    check(submission, inputs::dataset({30, 5, 197}), inputs::model({30, 5, 197}));
    check(submission, {golden::images, golden::labels}, {golden::W, golden::b}, golden::accuracy);
    for (const inputs::Shape& shape : inputs::shapes())
        check(submission, inputs::dataset(shape), inputs::model(shape));
    // A b that decides, so that it cannot be forgotten; labels that are nearly all right, or nearly all wrong.
    Dataset data = inputs::dataset({784, 10, 50});
    Model model = inputs::model({784, 10, 50});
    model.b(7) += 1e3;
    data.labels.fill(7);
    data.labels.head(20).fill(3);
    check(submission, data, model);
}

TEST_CASE("evaluate: ties", "[evaluate][parity]") {
    Submission submission({"evaluate"});
    const Dataset data = inputs::dataset({20, 5, 60});
    // All logits equal; then classes 1 and 3 the same and above the others.
    check(submission, data, {arma::mat(20, 5, arma::fill::zeros), arma::vec(5, arma::fill::zeros)});
    Model twins = inputs::model({20, 5, 60});
    twins.b(1) += 100;
    twins.W.col(3) = twins.W.col(1);
    twins.b(3) = twins.b(1);
    check(submission, data, twins);
}
