// Counts what is dear of what a function does: the large matrices that it makes, and the products of BLAS that go
// through the pixels. Armadillo gets memory from posix_memalign and products from dgemm_ and its kin, which the worker
// defines in front of the libraries'. Used by dispatch.cpp; a call that is timed pays a comparison for each.
#ifndef GRADER_WORKER_COUNTS_HPP
#define GRADER_WORKER_COUNTS_HPP

#include <cstddef>

struct Counts {
    double matrices = 0;       // large ones
    double bytes = 0;          // of these together
    double products = 0;       // in which one of the sizes is the number of pixels or larger
    double multiply_adds = 0;  // of these together
};

// Those since the last call of this; from now on matrices of at least `bytes` and products with a size of at least `pixels` count.
Counts counts_until_now(std::size_t bytes, std::size_t pixels);

#endif
