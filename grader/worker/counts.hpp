// Counts what is dear of what a function does: the large matrices that it makes, and the products of BLAS that go
// through the pixels. Armadillo gets memory from posix_memalign and products from dgemm_ and its kin, which the worker
// defines in front of the libraries'. Used by dispatch.cpp; a call that is timed pays a comparison for each.
#ifndef GRADER_WORKER_COUNTS_HPP
#define GRADER_WORKER_COUNTS_HPP

#include <cstddef>
#include <vector>

// A call on the stack while a large matrix was made, innermost first: its place in an object that the worker has
// loaded.
struct Frame {
    std::size_t matrix;  // which one, from 0
    std::size_t object;  // in the order in which they were loaded
    std::size_t offset;  // of the calling instruction
};

struct Counts {
    double matrices = 0;        // large ones
    double bytes = 0;           // of these together
    double products = 0;        // in which one of the sizes is the number of pixels or larger
    double multiply_adds = 0;   // of these together
    std::vector<Frame> frames;  // of the first matrices
};

// The paths of the objects that frames are in, as dlopen gets them.
void remember_objects(char** first, char** last);

// Those since the last call of this; from now on matrices of at least `bytes` and products with a size of at least
// `pixels` count.
Counts counts_until_now(std::size_t bytes, std::size_t pixels);

#endif
