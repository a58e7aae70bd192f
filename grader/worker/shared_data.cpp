// Sealed shared memory for the data set; see shared_data.hpp.
#include "grader/worker/shared_data.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <system_error>

namespace {

// At the start of the memory; the images follow at the next page, the labels after them.
struct Head {
    std::uint64_t pixels;
    std::uint64_t count;
};
constexpr std::size_t images_offset = 4096;

std::size_t labels_offset(const Head& head) { return images_offset + head.pixels * head.count * sizeof(double); }
std::size_t total_size(const Head& head) { return labels_offset(head) + head.count * sizeof(arma::uword); }

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

void write_at(int descriptor, const void* data, std::size_t size, std::size_t offset) {
    const auto* next = static_cast<const char*>(data);
    while (size != 0) {
        const ssize_t written = ::pwrite(descriptor, next, size, static_cast<off_t>(offset));
        if (written <= 0) fail("write the shared data set");
        next += written;
        offset += static_cast<std::size_t>(written);
        size -= static_cast<std::size_t>(written);
    }
}

}  // namespace

int share(const Dataset& data) {
    const int descriptor = ::memfd_create("dataset", MFD_ALLOW_SEALING);
    if (descriptor < 0) fail("memfd_create");
    const Head head{data.images.n_rows, data.images.n_cols};
    write_at(descriptor, &head, sizeof head, 0);
    write_at(descriptor, data.images.memptr(), data.images.n_elem * sizeof(double), images_offset);
    write_at(descriptor, data.labels.memptr(), data.labels.n_elem * sizeof(arma::uword), labels_offset(head));
    if (::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) fail("seal");
    return descriptor;
}

Dataset map_shared(int descriptor) {
    Head head{};
    if (::pread(descriptor, &head, sizeof head, 0) != sizeof head) fail("read the shared data set");
    // Populated at once, so that no call pays for the page faults of a first touch.
    void* memory = ::mmap(nullptr, total_size(head), PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
    if (memory == MAP_FAILED) fail("map the shared data set");
    auto* start = static_cast<char*>(memory);
    auto* images = reinterpret_cast<double*>(start + images_offset);
    auto* labels = reinterpret_cast<arma::uword*>(start + labels_offset(head));
    return Dataset{arma::mat(images, head.pixels, head.count, false, true),
                   arma::uvec(labels, head.count, false, true)};
}
