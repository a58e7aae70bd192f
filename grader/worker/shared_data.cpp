// Sealed shared memory for the data set; see shared_data.hpp.
#include "grader/worker/shared_data.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

// At the start of the memory; the images follow at the next page, the labels at a page after them.
struct Head {
    std::uint64_t pixels;
    std::uint64_t images;  // in the memory
    std::uint64_t count;   // that a worker sees, and labels
};

std::size_t page() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }
std::size_t whole_pages(std::size_t size) { return (size + page() - 1) / page() * page(); }
std::size_t size_of(const Head& head, std::size_t images) { return head.pixels * images * sizeof(double); }
std::size_t labels_offset(const Head& head) { return page() + whole_pages(size_of(head, head.images)); }

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

// Populated at once, so that no call pays for the page faults of a first touch. `place`: where, or anywhere.
char* map(int descriptor, std::size_t offset, std::size_t size, char* place) {
    const int flags = MAP_PRIVATE | MAP_POPULATE | (place == nullptr ? 0 : MAP_FIXED);
    void* memory = ::mmap(place, size, PROT_READ, flags, descriptor, static_cast<off_t>(offset));
    if (memory == MAP_FAILED) fail("map the shared data set");
    return static_cast<char*>(memory);
}

// The same pages again and again, one after the other, until all images that a worker is to see are there.
char* map_images(int descriptor, const Head& head) {
    const std::size_t seen = size_of(head, head.count);
    const std::size_t step = size_of(head, head.images);
    void* room = ::mmap(nullptr, seen, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) fail("room for the shared data set");
    auto* images = static_cast<char*>(room);
    for (std::size_t done = 0; done < seen; done += step)
        map(descriptor, page(), std::min(step, seen - done), images + done);
    return images;
}

}  // namespace

arma::uword fewest_repeatable(arma::uword pixels, arma::uword least) {
    arma::uword images = least;
    while (images * pixels * sizeof(double) % page() != 0)
        ++images;
    return images;
}

int share(const arma::mat& images, const arma::uvec& labels) {
    const Head head{images.n_rows, images.n_cols, labels.n_elem};
    const bool repeats = head.count > head.images;
    if (head.count < head.images || images.is_empty() || (repeats && size_of(head, head.images) % page() != 0))
        throw std::invalid_argument("share: " + std::to_string(head.images) + " images of " +
                                    std::to_string(head.pixels) + " pixels for " + std::to_string(head.count) +
                                    " labels; take fewest_repeatable() images to be repeated");
    const int descriptor = ::memfd_create("dataset", MFD_ALLOW_SEALING);
    if (descriptor < 0) fail("memfd_create");
    write_at(descriptor, &head, sizeof head, 0);
    write_at(descriptor, images.memptr(), images.n_elem * sizeof(double), page());
    write_at(descriptor, labels.memptr(), labels.n_elem * sizeof(arma::uword), labels_offset(head));
    if (::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) fail("seal");
    return descriptor;
}

Dataset map_shared(int descriptor) {
    Head head{};
    if (::pread(descriptor, &head, sizeof head, 0) != sizeof head) fail("read the shared data set");
    auto* images = reinterpret_cast<double*>(map_images(descriptor, head));
    char* labels = map(descriptor, labels_offset(head), head.count * sizeof(arma::uword), nullptr);
    return Dataset{arma::mat(images, head.pixels, head.count, false, true),
                   arma::uvec(reinterpret_cast<arma::uword*>(labels), head.count, false, true)};
}
