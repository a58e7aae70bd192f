// Step 10, the bonus train_sgd_fast: one epoch of any shape and three on real images against the loop version, to 1e-6;
// and its time on images in memory.
#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/speed/fast_epoch.hpp"
#include "grader/judge/submission.hpp"
#include "grader/protocol/operations.hpp"
#include "softmax_reg.hpp"

namespace {

constexpr Tolerance bonus{1e-6, 1e-8};  // W begins at about 0.01

void compare(Results actual, double loss, const Model& model, const Text& call) {
    expect_equal(actual.take<double>(), loss, {tr("the mean loss"), call}, bonus);
    const auto updated = actual.take<Model>();
    expect_equal(updated.W, model.W, {tr("the updated model.W"), call}, bonus);
    expect_equal(updated.b, model.b, {tr("the updated model.b"), call}, bonus);
}

void compare_timed(protocol::Values submission, protocol::Values right) {
    Results expected(std::move(right), std::string("right_values.cpp: train_sgd_vec"));
    const auto loss = expected.take<double>();
    compare(Results(std::move(submission), std::string("train_sgd_fast")), loss, expected.take<Model>(),
            tr("the epoch that was timed"));
}

}  // namespace

TEST_CASE("train_sgd_fast: one epoch", "[train_sgd_fast][parity]") {
    Submission submission({"train_sgd_fast"});
    // Pixels, classes and images that no vector and no block divides, single ones, and a batch larger than the set.
    for (const auto& [shape, batch_size] : std::vector<std::pair<inputs::Shape, arma::uword>>{
             {{784, 10, 200}, 64},
             {{37, 13, 100}, 32},
             {{1, 1, 3}, 2},
             {{64, 2, 20}, 64},
             {{30, 4, 7}, 1},
             {{inputs::between(2, 90), inputs::between(2, 23), inputs::between(2, 150)}, inputs::between(2, 70)}}) {
        const Dataset train = inputs::dataset(shape);
        Model model = inputs::model(shape);
        const Hyperparameters hp{0.1, batch_size, 3, 0};
        const Text call = "train_sgd_fast(" + std::to_string(shape.images) + " images of " +
                          std::to_string(shape.pixels) + " pixels, " + std::to_string(shape.classes) +
                          " classes, batch_size " + std::to_string(batch_size) + ")";
        Results results = submission.call("train_sgd_fast", call, train, hp, model);
        const double loss = loops::train_sgd(train, hp, model);
        compare(std::move(results), loss, model, call);
    }
    // A logit of 1,000 for the true class, whose exp is infinite, and 0 for the others: nothing is left to learn.
    const arma::mat each_class = arma::eye(4, 4);
    const Dataset train{arma::repmat(each_class, 1, 5), arma::repmat(arma::regspace<arma::uvec>(0, 3), 5, 1)};
    Model model{1000 * each_class, arma::vec(4)};
    const Hyperparameters hp{0.1, 8, 1, 0};
    const Text call = tr("train_sgd_fast, where a logit is 1,000");
    Results results = submission.call("train_sgd_fast", call, train, hp, model);
    const double loss = loops::train_sgd(train, hp, model);
    compare(std::move(results), loss, model, call);
}

TEST_CASE("train_sgd_fast: three epochs", "[train_sgd_fast][parity]") {
    Submission submission({"train_sgd_fast"});
    const arma::uword first = inputs::between(0, 2000), last = first + 3999;
    const Dataset train{training_set().images.cols(first, last), training_set().labels.subvec(first, last)};
    const Hyperparameters hp{0.01, 64, 1, 0};
    Model model = loops::initial_model(hp.seed), own = model;
    for (int epoch = 1; epoch <= 3; ++epoch) {
        const Text call = tr("{call} in epoch {epoch}",
                             {{"call", std::string("train_sgd_fast(4000 images)")}, {"epoch", std::to_string(epoch)}});
        Results results = submission.call("train_sgd_fast", call, distinct_images(first, 4000), hp, own);
        const double loss = loops::train_sgd(train, hp, model);
        expect_equal(results.take<double>(), loss, {tr("the mean loss"), call}, bonus);
        own = results.take<Model>();
    }
    const Text call = tr("three epochs");
    expect_equal(own.W, model.W, {tr("the updated model.W"), call}, bonus);
    expect_equal(own.b, model.b, {tr("the updated model.b"), call}, bonus);
}

TEST_CASE("train_sgd_fast: fast epoch", "[train_sgd_fast][speed]") {
    const auto arguments = [](Images, arma::uword batches) {
        inputs::draw_afresh();
        const arma::uword count = 64 * batches;
        protocol::Values values;
        put(values, distinct_images(inputs::between(0, training_set().labels.n_elem - count), count));
        put(values, Hyperparameters{0.01, 64, 1, 0});
        put(values, Model{0.01 * arma::randn(784, 10), 0.01 * arma::randn<arma::vec>(10)});
        return values;
    };
    constexpr double products = operations::products_of_epoch;
    measure_fast_epoch({"train_sgd_fast", "train_sgd_vec", {"train_sgd_fast"}, products, arguments, compare_timed});
}
