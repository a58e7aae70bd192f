// Why a right function is slower than its gate: by counting, in a worker, the large matrices that it makes and its
// products with the pixels in them, beside those of the BLAS floor. grader/grade/grade.py asks after a speed that was
// measured; message and hint of the item are the cause, both empty if nothing can be said. Nothing is timed here.
#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "grader/judge/catch.hpp"
#include "grader/judge/expect/inputs.hpp"
#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/submission.hpp"

namespace {

constexpr inputs::Shape batch{784, 10, 64};
constexpr double batch_bytes = batch.pixels * batch.images * sizeof(double);

struct Counts {
    arma::vec numbers;  // large matrices, their bytes, products, and the multiply-adds of these
    arma::uvec frames;  // three numbers for each: worker/counts.hpp
};

struct Counted {
    std::string function;
    Text who;                                                              // does it: "each batch"
    double batches;                                                        // that `count` is about
    arma::uword images;                                                    // of which `who` does it at once
    std::function<Counts(const std::vector<std::string>& objects)> count;  // of the objects of a worker
};

Counts counts(WorkerProcess& worker, arma::uword images) {
    protocol::Values values;
    protocol::put(values, arma::uword{batch.pixels * images * sizeof(double) / 2});
    protocol::put(values, arma::uword{batch.pixels});
    protocol::Taker taker(worker.call("counts", values));
    auto numbers = taker.take<arma::vec>();
    return {std::move(numbers), taker.take<arma::uvec>()};
}

Counts counts_of_call(WorkerProcess& worker, const std::string& function, const protocol::Values& arguments,
                      arma::uword images) {
    counts(worker, images);
    worker.call(function, arguments);
    return counts(worker, images);
}

Counts counts_of_epoch(WorkerProcess& worker, arma::uword batches) {
    const inputs::Shape set{batch.pixels, batch.classes, batches * batch.images};
    protocol::Values arguments;
    protocol::put(arguments, inputs::dataset(set));
    protocol::put(arguments, Hyperparameters{0.01, batch.images, 1, 0});
    protocol::put(arguments, inputs::model(set));
    return counts_of_call(worker, "train_sgd_vec", arguments, batch.images);
}

Counted training() {
    constexpr arma::uword few = 2, many = 6;
    const auto count = [](const std::vector<std::string>& objects) {
        WorkerProcess worker(objects, output_of("train_sgd_vec"), -1);
        const Counts once = counts_of_epoch(worker, few), all = counts_of_epoch(worker, many);
        return Counts{all.numbers - once.numbers, all.frames};
    };
    return {"train_sgd_vec", tr("each batch"), many - few, batch.images, count};
}

Counted evaluation() {
    constexpr arma::uword batches = 4;
    const auto count = [](const std::vector<std::string>& objects) {
        const inputs::Shape set{batch.pixels, batch.classes, batches * batch.images};
        const Dataset data = inputs::dataset(set);
        const Model model = inputs::model(set);
        protocol::Values arguments;
        protocol::put(arguments, data.images);
        protocol::put(arguments, data.labels);
        protocol::put(arguments, model.W);
        protocol::put(arguments, model.b);
        WorkerProcess worker(objects, output_of("evaluate"), -1);
        return counts_of_call(worker, "evaluate", arguments, set.images);
    };
    constexpr arma::uword images = batches * batch.images;
    const Text who = tr("each evaluation of {images} images", {{"images", Text(std::size_t{images})}});
    return {"evaluate", who, batches, images, count};
}

std::vector<std::string> objects_of_floor() {
    return {object_of_grader("lab_batches"), object_of_grader("blas_floor"), object_of_grader("entry")};
}

// The frames in the submission's own objects, as [which matrix, exercise, offset].
nlohmann::json as_json(const arma::uvec& frames, const std::string& exercise) {
    const std::vector<std::string>& files = settings().needs.at(exercise);
    constexpr arma::uword most = 3000;  // the worker is not trusted
    nlohmann::json json = nlohmann::json::array();
    for (arma::uword i = 0; i + 2 < std::min(frames.n_elem, most); i += 3)
        if (const arma::uword file = frames(i + 1) - 1; file < files.size())  // the grader's own object is the first
            json.push_back({frames(i), files[file], frames(i + 2)});
    return json;
}

Text whole(double number) { return Text(static_cast<std::size_t>(std::lround(number))); }

struct Cause {
    Text message, hint;
};

// `made` and `needed` are numbers of products, `work` is how many times the needed multiply-adds they take.
Cause cause_in_products(const Counted& counted, double made, double needed, double work) {
    const Text::Fields fields{{"who", counted.who},
                              {"made", whole(made)},
                              {"needed", whole(needed)},
                              {"images", Text(std::size_t{counted.images})},
                              {"times", whole(work)}};
    if (made >= static_cast<double>(counted.images))
        return {tr("{who} makes {made} products for its {images} images, and {needed} would do: the images are taken "
                   "one by one",
                   fields),
                tr("work on whole batches: one matrix product for all images of a batch, no copies of them")};
    if (work > 1.5 * std::max(made / needed, 1.0))
        return {
            tr("the products that {who} makes take {times} times the multiplications that are needed", fields),
            tr("leave out the product with a matrix that only picks or scales columns: do that to the K x m numbers")};
    if (made > 1.25 * needed)
        return {tr("{who} makes {made} products with the pixels in them, and {needed} would do", fields),
                tr("make each product once, keep it in a variable, and use that wherever it is needed")};
    if (made < 0.75 * needed)
        return {
            tr("{who} makes {made} of the {needed} products that are needed with BLAS, and the rest without", fields),
            tr("write it as one * of two arma::mat: a sparse matrix, a sum of products element by element and "
               "whole numbers do not go through BLAS")};
    return {};
}

Cause cause_in_matrices(const Counted& counted, double made, double bytes) {
    const Text hint =
        tr("find the line that makes it: a .t() stored in a variable, columns picked by a list of numbers, "
           "a matrix taken by value, something joined to the images, images divided; .t() inside of a "
           "product copies nothing");
    const Text::Fields fields{{"who", counted.who}, {"made", whole(made)}, {"size", whole(bytes / 1000)}};
    if (made >= 1.5)
        return {tr("{who} makes {made} matrices as large as its images, {size} KB in all, and none is needed", fields),
                hint};
    if (made > 0.75)
        return {tr("{who} makes one matrix as large as its images, {size} KB, and none is needed", fields), hint};
    if (bytes > 0.75 * batch_bytes) return {tr("the epoch copies all its images, and need not"), hint};
    return {};
}

void count_and_say(const Counted& counted) try {
    const std::vector<std::string> objects = objects_of(settings().needs.at(counted.function));
    const arma::vec floor = counted.count(objects_of_floor()).numbers;
    const auto [own, frames] = counted.count(objects);
    const double units = counted.batches * batch.images / static_cast<double>(counted.images);
    if (floor(2) == 0) return;  // BLAS is reached in a way that is not counted here
    const Cause products = cause_in_products(counted, own(2) / units, floor(2) / units, own(3) / floor(3));
    const Cause matrices = cause_in_matrices(counted, (own(0) - floor(0)) / units, (own(1) - floor(1)) / units);
    Item& item = current_item();
    item.message = products.message.empty() ? matrices.message : products.message;
    item.hint = products.hint.empty() ? matrices.hint : products.hint;
    if (!products.message.empty() && !matrices.message.empty())
        item.message = tr("{products}; {matrices}", {{"products", products.message}, {"matrices", matrices.message}});
    if (!matrices.message.empty()) item.pictures["frames"] = as_json(frames, counted.function);
    item.pictures["wasteful"] = !item.message.empty();
    if (item.message.empty()) {
        item.message = tr("its products are as few as can be, and no matrix is as large as the images");
        item.hint = tr("the time goes into the rest: is each exp, log and division made once, on K x m numbers?");
    }
} catch (const CallFailed&) {}  // an item that has no cause says less, and is no less right

}  // namespace

TEST_CASE("train_sgd_vec: why slow", "[train_sgd_vec][cause]") { count_and_say(training()); }
TEST_CASE("evaluate: why slow", "[evaluate][cause]") { count_and_say(evaluation()); }
