// Counts large matrices; see allocations.hpp.
#include "grader/worker/allocations.hpp"

#include <malloc.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <limits>

namespace {

std::atomic<std::size_t> least_bytes{std::numeric_limits<std::size_t>::max()};
std::atomic<std::size_t> count{0};

}  // namespace

std::size_t large_allocations(std::size_t bytes) {
    least_bytes = bytes;
    return count.exchange(0);
}

// The linker exports it (grader/CMakeLists.txt), so that the objects of a submission find it before the C library's.
extern "C" int posix_memalign(void** memory, std::size_t alignment, std::size_t bytes) noexcept {
    if (bytes >= least_bytes.load(std::memory_order_relaxed)) ++count;
    void* const found = ::memalign(alignment, bytes);
    if (found == nullptr) return ENOMEM;
    *memory = found;
    return 0;
}
