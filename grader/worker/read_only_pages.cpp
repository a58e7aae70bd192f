// Shared pages that are mapped twice; see read_only_pages.hpp.
#include "grader/worker/read_only_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <new>

#include "grader/protocol/contract_values.hpp"

namespace {

constexpr std::size_t alignment = 64;  // that of a line of the cache

std::size_t rounded_up(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

std::byte* checked(void* place) {
    if (place == MAP_FAILED) throw std::bad_alloc();
    return static_cast<std::byte*>(place);
}

}  // namespace

void ReadOnlyPages::make_room(std::size_t bytes, std::size_t matrices) {
    const std::size_t needed = bytes + matrices * alignment;
    used_ = 0;
    if (needed <= size_) return;
    if (size_ != 0) {
        ::munmap(to_write_, size_);
        ::munmap(to_read_, size_);
        size_ = 0;
    }
    const std::size_t size = rounded_up(needed, static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)));
    to_write_ = checked(::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
    // An old size of 0 asks for the same pages at a second place.
    to_read_ = checked(::mremap(to_write_, 0, size, MREMAP_MAYMOVE));
    if (::mprotect(to_read_, size, PROT_READ) != 0) throw std::bad_alloc();
    size_ = size;
}

template <class T> T* ReadOnlyPages::copy(const arma::Mat<T>& value) {
    if (protocol::is_view(value)) return const_cast<T*>(value.memptr());
    const std::size_t place = used_;
    used_ += rounded_up(value.n_elem * sizeof(T), alignment);
    std::copy(value.begin(), value.end(), reinterpret_cast<T*>(to_write_ + place));
    return reinterpret_cast<T*>(to_read_ + place);
}

template double* ReadOnlyPages::copy(const arma::mat& value);
template arma::uword* ReadOnlyPages::copy(const arma::umat& value);
