// What the student's own epoch says to answers.toml, which grader/grade/answers_toml.py judges: how many matrices as
// large as the images of a batch it makes for each batch, and how long it takes in batches of other sizes. No items: a
// program that fails here has failed elsewhere.
#include <algorithm>
#include <string>
#include <vector>

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/item.hpp"
#include "grader/judge/sample_images.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/timed_worker.hpp"
#include "grader/judge/submission.hpp"

namespace {

constexpr inputs::Shape batch{200, 4, 64};
constexpr arma::uword batch_bytes = batch.pixels * batch.images * sizeof(double);

double large_matrices(WorkerProcess& worker) {
    protocol::Values least;
    protocol::put(least, batch_bytes);
    protocol::put(least, arma::uword{batch.pixels});
    return protocol::Taker(worker.call("counts", least)).take<arma::vec>()(0);
}

// Those of an epoch, and those in which the worker receives its images: as many for each number of batches.
double large_matrices_of_epoch(WorkerProcess& worker, arma::uword batches) {
    const inputs::Shape set{batch.pixels, batch.classes, batches * batch.images};
    protocol::Values arguments;
    protocol::put(arguments, inputs::dataset(set));
    protocol::put(arguments, Hyperparameters{0.01, batch.images, 1, 0});
    protocol::put(arguments, inputs::model(set));
    large_matrices(worker);
    worker.call("train_sgd_vec", arguments);
    return large_matrices(worker);
}

// CPU seconds of an epoch of `images` distinct ones.
double epoch_seconds(TimedWorker& worker, arma::uword images, arma::uword batch_size) {
    protocol::Values arguments;
    protocol::put(arguments, distinct_images(0, images));
    protocol::put(arguments, Hyperparameters{0.01, batch_size, 1, 0});
    protocol::put(arguments, Model{arma::mat(784, 10), arma::vec(10)});
    double seconds = 0;
    worker.call("train_sgd_vec", arguments, seconds);
    return seconds;
}

}  // namespace

TEST_CASE("answers: copies", "[answers][epoch]") try {
    WorkerProcess worker(objects_of(settings().needs.at("train_sgd_vec")), output_of("train_sgd_vec"), -1);
    const double few = large_matrices_of_epoch(worker, 2), many = large_matrices_of_epoch(worker, 6);
    if (few == 0) return;  // not even the images that came in were seen: Armadillo has its memory from elsewhere here
    write_line({{"kind", "copies"}, {"copies", (many - few) / 4}});
} catch (const CallFailed&) {}

// Nothing is graded by these times, so the best of three calls is enough; the first of all touches the images.
TEST_CASE("answers: batches", "[answers][epoch]") try {
    constexpr arma::uword images = 4096;
    TimedWorker worker(TimedWorker::Owner::submission, objects_of(settings().needs.at("train_sgd_vec")),
                       output_of("train_sgd_vec"));
    epoch_seconds(worker, images, images);
    const std::vector<arma::uword> sizes{1, 64, images};
    arma::vec best(sizes.size(), arma::fill::value(arma::datum::inf));
    for (int i = 0; i < 3; ++i)
        for (std::size_t k = 0; k < sizes.size(); ++k)
            best[k] = std::min(best[k], epoch_seconds(worker, images, sizes[k]));
    write_line({{"kind", "batches"},
                {"sizes", sizes},
                {"seconds_per_image", arma::conv_to<std::vector<double>>::from(best / images)}});
} catch (const CallFailed&) {}
