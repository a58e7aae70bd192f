// Shared pages that are mapped twice; see read_only_pages.hpp.
#include "grader/worker/read_only_pages.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>
#include <system_error>

#include "grader/protocol/contract_values.hpp"

namespace {

constexpr std::size_t alignment = 64;                 // that of a line of the cache
constexpr std::size_t room = std::size_t{16} << 20u;  // for 2,000 images; memory is only taken where it is used

[[noreturn]] void fail() { throw std::system_error(errno, std::generic_category(), "pages for arguments"); }

std::byte* map(int descriptor, int protection) {
    void* place = ::mmap(nullptr, room, protection, MAP_SHARED, descriptor, 0);
    if (place == MAP_FAILED) fail();
    return static_cast<std::byte*>(place);
}

}  // namespace

// Not by mremap(), which under qemu-user gives no second place. A descriptor that stayed open could be mapped again.
ReadOnlyPages::ReadOnlyPages() {
    const int descriptor = ::memfd_create("arguments", MFD_CLOEXEC);
    if (descriptor < 0 || ::ftruncate(descriptor, room) != 0) fail();
    to_write_ = map(descriptor, PROT_READ | PROT_WRITE);
    to_read_ = map(descriptor, PROT_READ);
    ::close(descriptor);
}

template <class T> T* ReadOnlyPages::copy(const arma::Mat<T>& value) {
    if (protocol::is_view(value)) return const_cast<T*>(value.memptr());
    const std::size_t place = used_;
    used_ += (value.n_elem * sizeof(T) + alignment - 1) / alignment * alignment;
    if (used_ > room) throw std::length_error("more arguments than there is room for: lend the images");
    std::copy(value.begin(), value.end(), reinterpret_cast<T*>(to_write_ + place));
    return reinterpret_cast<T*>(to_read_ + place);
}

template double* ReadOnlyPages::copy(const arma::mat& value);
template arma::uword* ReadOnlyPages::copy(const arma::umat& value);
