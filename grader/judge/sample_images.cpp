// The sample in shared memory; see sample_images.hpp.
#include "grader/judge/sample_images.hpp"

#include <random>

#include "data/fashion_mnist.hpp"
#include "grader/judge/settings.hpp"
#include "grader/protocol/shared_images.hpp"

namespace {

const data::FashionMnist& sample() {
    static const data::FashionMnist set = data::load_sample();
    return set;
}

// A batch of images, or a few more where pages are large, and labels that do not repeat. Not drawn from the seed of the
// grade, which a submission could otherwise search for by the labels that it sees; and by a generator apart, because
// the inputs of an item must not depend on whether it is the first to start a worker.
Repeated for_speed() {
    std::random_device chance;
    std::mt19937_64 generator((std::uint64_t{chance()} << 32u) | chance());
    const auto between = [&](arma::uword least, arma::uword most) {
        return std::uniform_int_distribution<arma::uword>(least, most)(generator);
    };
    const Dataset& all = sample().train;
    const arma::uword step = images_in_whole_pages(all.images.n_rows);
    Repeated result;
    result.period = (64 + step - 1) / step * step;
    result.first = step * between(0, (all.images.n_cols - result.period) / step);
    result.labels.set_size(repeated_count);
    result.labels.imbue([&] { return between(0, 9); });
    return result;
}

}  // namespace

const Dataset& training_set() { return sample().train; }
const Dataset& validation_set() { return sample().valid; }

int sample_descriptor() {
    static const int descriptor = share(training_set(), for_speed());
    return descriptor;
}

protocol::SharedDataset distinct_images(arma::uword first, arma::uword count) {
    return {{repeated_count + first, count}};
}

protocol::SharedDataset repeated_images(arma::uword first, arma::uword count) { return {{first, count}}; }
