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
    static const int descriptor = share(shared_set());
    return descriptor;
}
