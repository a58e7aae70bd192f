// A number for answers.toml, which grader/grade/answers_toml.py judges: how many matrices as large as the images of a
// batch the student's epoch makes for each batch. No item: a program that fails here has failed elsewhere.
#include <string>
#include <vector>

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
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

}  // namespace

TEST_CASE("answers: copies", "[answers][copies]") try {
    std::vector<std::string> objects{object_of_grader("lab_batches")};
    for (const std::string& file : settings().needs.at("train_sgd_vec"))
        objects.push_back(object_of(file));
    objects.push_back(object_of_grader("entry"));
    WorkerProcess worker(objects, output_of("train_sgd_vec"), -1);
    const double few = large_matrices_of_epoch(worker, 2), many = large_matrices_of_epoch(worker, 6);
    if (few == 0) return;  // not even the images that came in were seen: Armadillo has its memory from elsewhere here
    write_line({{"kind", "copies"}, {"copies", (many - few) / 4}});
} catch (const CallFailed&) {}
