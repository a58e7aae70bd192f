// How the worker's memory is dealt out, alike for everything that is timed; see memory.hpp.
#include "grader/worker/memory.hpp"

#include <malloc.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

void keep_freed_memory() {
    constexpr int largest_allowed = 32 << 20;
    ::mallopt(M_MMAP_THRESHOLD, largest_allowed);
    ::mallopt(M_TRIM_THRESHOLD, -1);
}

// In the place of the C library's: Armadillo asks for its matrices here, with an alignment of 32.
extern "C" int posix_memalign(void** memory, std::size_t alignment, std::size_t size) {
    constexpr std::size_t cache_line = 64;
    *memory = ::aligned_alloc(std::max(alignment, cache_line), size);
    return *memory == nullptr ? ENOMEM : 0;
}
