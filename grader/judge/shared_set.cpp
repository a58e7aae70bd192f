// The sample in shared memory; see shared_set.hpp.
#include "grader/judge/shared_set.hpp"

#include "data/fashion_mnist.hpp"
#include "grader/worker/shared_data.hpp"

const Dataset& shared_set() {
    static const Dataset set = data::load_sample().train;
    return set;
}

int shared_set_descriptor() {
    static const int descriptor = share(shared_set());
    return descriptor;
}
