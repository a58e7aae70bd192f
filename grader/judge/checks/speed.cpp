// Steps 7 and 9, speed: a training epoch and an evaluation, on fresh models and windows of the shared images.
#include "grader/judge/speed/loop_ratio.hpp"
#include "grader/judge/speed/verdict.hpp"

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/submission.hpp"
#include "grader/protocol/contract_values.hpp"
#include "grader/protocol/operations.hpp"

namespace {

constexpr arma::uword batch_size = 64;

protocol::SharedDataset fresh_images(Images images, arma::uword count) {
    if (images == Images::in_cache) return repeated_images(inputs::between(0, repeated_count - count), count);
    return distinct_images(inputs::between(0, training_set().labels.n_elem - count), count);
}

Model fresh_model() { return Model{0.01 * arma::randn(784, 10), 0.01 * arma::randn<arma::vec>(10)}; }

void compare_training(protocol::Values submission, protocol::Values right) {
    Results actual(std::move(submission), std::string("train_sgd_vec"));
    Results expected(std::move(right), std::string("right_values.cpp: train_sgd_vec"));
    const Text call = tr("the epoch that was timed");
    expect_equal(actual.take<double>(), expected.take<double>(), {tr("the mean loss"), call});
    const auto updated = actual.take<Model>(), due = expected.take<Model>();
    expect_equal(updated.W, due.W, {tr("the updated model.W"), call});
    expect_equal(updated.b, due.b, {tr("the updated model.b"), call});
}

void compare_evaluation(protocol::Values submission, protocol::Values right) {
    Results actual(std::move(submission), std::string("evaluate"));
    Results expected(std::move(right), std::string("right_values.cpp: evaluate"));
    expect_equal(actual.take<double>(), expected.take<double>(),
                 {tr("the accuracy"), tr("the evaluation that was timed")});
}

TimedCall training() {
    const auto arguments = [](Images images, arma::uword batches) {
        inputs::draw_afresh();
        protocol::Values values;
        put(values, fresh_images(images, batches * batch_size));
        put(values, Hyperparameters{0.01, batch_size, 1, 0});
        put(values, fresh_model());
        return values;
    };
    const auto& files = settings().needs.at("train_sgd_vec");
    return {"train_sgd_vec", "train_sgd_vec", files, operations::products_of_epoch, arguments, compare_training};
}

TimedCall evaluation() {
    const auto arguments = [](Images images, arma::uword batches) {
        inputs::draw_afresh();
        protocol::Values values;
        put(values, fresh_images(images, batches * batch_size));
        const Model model = fresh_model();
        put(values, model.W);
        put(values, model.b);
        return values;
    };
    const auto& files = settings().needs.at("evaluate");
    return {"evaluate", "evaluate", files, operations::products_of_evaluation, arguments, compare_evaluation};
}

}  // namespace

TEST_CASE("train_sgd_vec: training epoch", "[train_sgd_vec][speed]") { judge_speed(training()); }
TEST_CASE("evaluate: evaluation", "[evaluate][speed]") { judge_speed(evaluation()); }

// No submission takes part in these: grader/grade/loop_ratio.py asks for them once for each machine.
TEST_CASE("loops: training epoch", "[loops][speed]") { measure_loop_version(training()); }
TEST_CASE("loops: evaluation", "[loops][speed]") { measure_loop_version(evaluation()); }
