// The sample in shared memory; see shared_set.hpp.
#include "grader/judge/shared_set.hpp"

#include "data/fashion_mnist.hpp"
#include "grader/worker/shared_data.hpp"

namespace {

const data::FashionMnist& sample() {
    static const data::FashionMnist set = data::load_sample();
    return set;
}

}  // namespace

const Dataset& shared_set() { return sample().train; }
const Dataset& validation_set() { return sample().valid; }

int shared_set_descriptor() {
    static const int descriptor = share(shared_set().images, shared_set().labels);
    return descriptor;
}

int speed_set_descriptor() {
    static const int descriptor = [] {
        const arma::mat& all = shared_set().images;
        const arma::uword images = fewest_repeatable(all.n_rows, speed_set_images);
        // Labels by chance, one a column, so that the repetition of the images does not show in the results.
        return share(all.cols(arma::randperm(all.n_cols, images)),
                     arma::randi<arma::uvec>(speed_set_size, arma::distr_param(0, 9)));
    }();
    return descriptor;
}
