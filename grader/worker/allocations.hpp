// Counts the large matrices that a function makes: Armadillo gets their memory from posix_memalign, which the worker
// defines in front of the library's. Used by dispatch.cpp; a call that is timed pays a comparison for it.
#ifndef GRADER_WORKER_ALLOCATIONS_HPP
#define GRADER_WORKER_ALLOCATIONS_HPP

#include <cstddef>

// How many there were since the last call of this; from now on those of at least so many bytes count.
std::size_t large_allocations(std::size_t bytes);

#endif
