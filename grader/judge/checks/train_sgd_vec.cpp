// Steps 5 and 8, train_sgd_vec: one epoch, and three on real images, against the loop version. The batch functions
// that it calls are the grader's own here, so that a wrong one of the student's costs its own marks only.
#include <cmath>

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/compare.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/expect/model_pictures.hpp"
#include "grader/judge/item.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/submission.hpp"
#include "softmax_reg.hpp"

namespace {

Submission only_the_loop() { return Submission({"train_sgd_vec"}, {object_of_grader("batch_functions")}); }

// What an epoch without b in the logits makes of a model; b itself is updated.
Model epoch_without_b(const Dataset& train, const Hyperparameters& hp, Model model) {
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        Model step{model.W, arma::vec(model.b.n_elem, arma::fill::zeros)};
        loops::train_sgd({batch.images, batch.labels}, hp, step);
        model.W = step.W;
        model.b += step.b;
    }
    return model;
}

// What is left of an epoch that returns from within its loop.
Model first_batch_only(const Dataset& train, const Hyperparameters& hp, Model model) {
    const lab::Batch first = lab::create_batches(train, hp.batch_size).front();
    loops::train_sgd({first.images, first.labels}, hp, model);
    return model;
}

// An epoch batch by batch: the model that it makes, and the sum of the batches' mean losses. `divide_again` divides
// each step by the number of images once more.
struct OtherEpoch {
    Model model;
    double loss_of_batches = 0;
};

OtherEpoch epoch_by_batch(const Dataset& train, const Hyperparameters& hp, Model model, bool divide_again) {
    OtherEpoch result{std::move(model)};
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const double divisor = divide_again ? static_cast<double>(batch.labels.n_elem) : 1;
        const Hyperparameters step{hp.learning_rate / divisor, hp.batch_size, hp.epochs, hp.seed};
        result.loss_of_batches += loops::train_sgd({batch.images, batch.labels}, step, result.model);
    }
    return result;
}

// One epoch of both on the same set from the same model, which moves on; `data` is the set or shared columns of it.
// Returns the submission's model.
template <class Data>
Model check_epoch(Submission& submission, const Dataset& train, const Data& data, const Hyperparameters& hp,
                  Model& model, int epoch = 0) {
    Text call = "train_sgd_vec(" + std::to_string(train.images.n_cols) + " images, batch_size " +
                std::to_string(hp.batch_size) + ")";
    if (epoch > 0) call = tr("{call} in epoch {epoch}", {{"call", call}, {"epoch", std::to_string(epoch)}});
    Results results = submission.call("train_sgd_vec", call, data, hp, model);
    const Model before = model;
    Model uphill = model;
    loops::train_sgd(train, {-hp.learning_rate, hp.batch_size, hp.epochs, hp.seed}, uphill);
    const Model no_b = epoch_without_b(train, hp, before);
    const Model first = first_batch_only(train, hp, before);
    const double loss = loops::train_sgd(train, hp, model);
    const auto n = static_cast<double>(train.images.n_cols);
    const double batches = std::ceil(n / static_cast<double>(hp.batch_size));
    const auto actual_loss = results.take<double>();
    auto updated = results.take<Model>();
    const Text not_updated = tr("the model came back as it was: update model itself, not a copy of it");
    const Text wrong_way = tr("the step goes uphill: subtract the gradient");
    const Text without_b = tr("b was forgotten: the logits are W.t() * x + b");
    const Text one_batch = tr("trained on the first batch only: does the return stand inside the loop?");
    std::vector<Mistake> of_W{
        {before.W, not_updated}, {uphill.W, wrong_way}, {no_b.W, without_b}, {first.W, one_batch}};
    std::vector<Mistake> of_b{{before.b, not_updated}, {uphill.b, wrong_way}};
    std::vector<Mistake> of_loss{
        mistake(loss * n, tr("this is the sum over all images: the contract wants the mean")),
        mistake(loss * n / batches, tr("divided by the number of batches: divide by the number of images")),
        mistake(loss * n / static_cast<double>(train.images.n_rows),
                tr("divided by the number of rows, which are pixels: an image is a column, so n_cols counts them")),
        mistake(0, tr("the loss was never added up"))};
    if (epoch == 0) {  // where there are few images: these take an epoch of the loop version each
        const Model small_steps = epoch_by_batch(train, hp, before, true).model;
        const Text again = tr("the gradient was divided by the number of images once more: it is a mean already");
        of_W.push_back({small_steps.W, again});
        of_b.push_back({small_steps.b, again});
        of_loss.push_back(mistake(epoch_by_batch(train, hp, before, false).loss_of_batches / batches,
                                  tr("this is the mean of the batches' means, in which an image of a short last batch "
                                     "counts more: add up the sums, and divide once")));
    }
    expect_equal(updated.W, model.W, {tr("the updated model.W"), call, of_W});
    expect_equal(updated.b, model.b, {tr("the updated model.b"), call, of_b});
    expect_equal(actual_loss, loss, {tr("the mean loss"), call, of_loss});
    return updated;
}

}  // namespace

TEST_CASE("train_sgd_vec: one epoch", "[train_sgd_vec][parity]") {
    Submission submission = only_the_loop();
    // Batches that divide the set, a short last batch, one batch larger than the set, single images.
    for (const auto& [images, batch_size] : std::vector<std::pair<arma::uword, arma::uword>>{
             {96, 32}, {100, 32}, {20, 64}, {7, 1}, {inputs::between(2, 200), inputs::between(2, 50)}}) {
        const inputs::Shape shape{30, 4, images};
        const Dataset train = inputs::dataset(shape);
        Model model = inputs::model(shape);
        // One epoch, whatever hp.epochs says.
        check_epoch(submission, train, train, {0.1, batch_size, 3, 0}, model);
    }
}

TEST_CASE("train_sgd_vec: three epochs", "[train_sgd_vec][parity]") {
    Submission submission = only_the_loop();
    const arma::uword first = inputs::between(0, 2000), last = first + 3999;
    const Dataset train{training_set().images.cols(first, last), training_set().labels.subvec(first, last)};
    const Hyperparameters hp{0.01, 64, 1, 0};
    Model model = loops::initial_model(hp.seed);
    Model trained;
    for (int epoch = 1; epoch <= 3; ++epoch)
        trained = check_epoch(submission, train, distinct_images(first, 4000), hp, model, epoch);
    current_item().pictures["model"] = portrait(trained, validation_set());
}
