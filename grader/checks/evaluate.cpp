// Step 9, evaluate: the accuracy, against the loop version and NumPy's number; of equal logits the first counts.
#include "grader/catch.hpp"
#include "grader/checks/inputs.hpp"
#include "grader/judge/compare.hpp"
#include "grader/judge/submission.hpp"
#include "reference/golden.hpp"
#include "softmax_reg.hpp"

namespace {

void check(Submission& submission, const Dataset& data, const Model& model, double expected) {
    const std::string rest = ", labels " + std::to_string(data.labels.n_elem) + ", W " + shape(model.W) + ", b " +
                             std::to_string(model.b.n_elem);
    const std::string call = call_text("evaluate", {{"images", &data.images}}, rest);
    const auto accuracy = submission.call("evaluate", call, data.images, data.labels, model.W, model.b).take<double>();
    expect_equal(accuracy, expected, {"the accuracy", call});
}

void check(Submission& submission, const Dataset& data, const Model& model) {
    check(submission, data, model, loops::evaluate(data.images, data.labels, model.W, model.b));
}

}  // namespace

TEST_CASE("evaluate: random batches", "[evaluate][parity]") {
    Submission submission({"evaluate"});
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
