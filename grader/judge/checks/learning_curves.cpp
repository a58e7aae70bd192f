// Step 2, train_with_validation: the history of ten epochs must be that of the loop version.
#include <algorithm>

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/item.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/submission.hpp"
#include "softmax_reg.hpp"

namespace {

Dataset columns(arma::uword first, arma::uword count) {
    const arma::uword last = first + count - 1;
    return Dataset{training_set().images.cols(first, last), training_set().labels.subvec(first, last)};
}

// What the figures must be after one more epoch, which the model goes through.
EpochStats next_epoch(const Dataset& train, const Dataset& valid, const Hyperparameters& hp, Model& model) {
    EpochStats stats{};
    stats.train_loss = loops::train_sgd(train, hp, model);
    stats.valid_accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
    stats.valid_loss = loops::mean_loss(valid, model);
    return stats;
}

// The figures of each epoch, one list a kind, for the page to draw; the first ones of a history that never ends.
nlohmann::json as_json(const std::vector<EpochStats>& history) {
    constexpr std::size_t most = 20;
    nlohmann::json curves{{"train_loss", nlohmann::json::array()},
                          {"valid_loss", nlohmann::json::array()},
                          {"valid_accuracy", nlohmann::json::array()}};
    for (std::size_t i = 0; i < std::min(history.size(), most); ++i) {
        curves["train_loss"].push_back(history[i].train_loss);
        curves["valid_loss"].push_back(history[i].valid_loss);
        curves["valid_accuracy"].push_back(history[i].valid_accuracy);
    }
    return curves;
}

}  // namespace

TEST_CASE("learning_curves: history", "[learning_curves][parity]") {
    Submission submission({"learning_curves"}, {object_of_grader("lab_loops")});
    const Hyperparameters hp{0.01, 64, 10, 0};
    const arma::uword first = inputs::between(0, 3000);
    const protocol::SharedDataset train = distinct_images(first, 700);
    const protocol::SharedDataset valid = distinct_images(first + 700, 300);
    Model model = loops::initial_model(hp.seed);
    const Text call = std::string("train_with_validation(700 images, 300 images, 10 epochs)");
    Results results = submission.call("train_with_validation", call, train, valid, hp, model);
    std::vector<EpochStats> expected(hp.epochs);
    const Dataset seen = columns(first, 700), unseen = columns(first + 700, 300);
    for (EpochStats& stats : expected)
        stats = next_epoch(seen, unseen, hp, model);
    const auto actual = results.take<std::vector<EpochStats>>();
    current_item().pictures["curves"] = {{"expected", as_json(expected)}, {"actual", as_json(actual)}};
    const Text twice =
        tr("twice as many: the vector had elements from the start, and push_back adds to them; declare it "
           "empty");
    const Text zero = tr("0 in the history: was a copy of an element filled? push_back what you have measured, or take "
                         "the element by reference, auto&");
    const Text percentage = tr("this is a percentage: the contract wants a fraction, from 0 to 1");
    expect_equal(static_cast<double>(actual.size()), static_cast<double>(expected.size()),
                 {tr("the number of epochs"), call, {mistake(2 * static_cast<double>(expected.size()), twice)}});
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const auto figure = [&](const std::string& name) {
            return tr("{figure} of epoch {epoch}", {{"figure", name}, {"epoch", i + 1}});
        };
        expect_equal(actual[i].train_loss, expected[i].train_loss, {figure("train_loss"), call, {mistake(0, zero)}});
        expect_equal(actual[i].valid_loss, expected[i].valid_loss, {figure("valid_loss"), call, {mistake(0, zero)}});
        expect_equal(actual[i].valid_accuracy, expected[i].valid_accuracy,
                     {figure("valid_accuracy"), call, {mistake(100 * expected[i].valid_accuracy, percentage)}});
    }
    const auto trained = results.take<Model>();
    expect_equal(trained.W, model.W, {tr("model.W after training"), call});
    expect_equal(trained.b, model.b, {tr("model.b after training"), call});
}
