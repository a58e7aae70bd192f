// Sealed shared memory for the data set; see shared_images.hpp.
#include "grader/protocol/shared_images.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <numeric>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

// At the start of the memory; the images of the set follow at the next page, the labels of all images behind them.
struct Head {
    std::uint64_t pixels;
    std::uint64_t images;    // of the set
    std::uint64_t first;     // of those that are repeated
    std::uint64_t period;    // how many they are
    std::uint64_t repeated;  // how many a worker sees of them, before the set
};

std::size_t page() { return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE)); }
std::size_t size_of(const Head& head, std::size_t images) { return head.pixels * images * sizeof(double); }
std::size_t labels_offset(const Head& head) { return page() + size_of(head, head.images); }

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

void require_whole_pages(const Head& head, std::size_t images) {
    if (size_of(head, images) % page() != 0)
        throw std::invalid_argument("share: " + std::to_string(images) + " images of " + std::to_string(head.pixels) +
                                    " pixels fill no whole pages; take a multiple of images_in_whole_pages()");
}

// Populated at once, so that no call pays for the page faults of a first touch.
void map(int descriptor, std::size_t offset, std::size_t size, char* place) {
    const int flags = MAP_PRIVATE | MAP_POPULATE | MAP_FIXED;
    if (::mmap(place, size, PROT_READ, flags, descriptor, static_cast<off_t>(offset)) == MAP_FAILED)
        fail("map the shared data set");
}

// The pages of the repeated images again and again, one after the other, and those of the set and its labels behind.
char* map_all(int descriptor, const Head& head, std::size_t size) {
    const std::size_t repeated = size_of(head, head.repeated);
    void* room = ::mmap(nullptr, repeated + size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (room == MAP_FAILED) fail("room for the shared data set");
    auto* start = static_cast<char*>(room);
    for (std::size_t done = 0; done < repeated; done += size_of(head, head.period))
        map(descriptor, page() + size_of(head, head.first), std::min(size_of(head, head.period), repeated - done),
            start + done);
    map(descriptor, page(), size, start + repeated);
    return start;
}

}  // namespace

arma::uword images_in_whole_pages(arma::uword pixels) {
    return page() / std::gcd(page(), static_cast<std::size_t>(pixels) * sizeof(double));
}

int share(const Dataset& data, const Repeated& repeated) {
    const Head head{data.images.n_rows, data.images.n_cols, repeated.first, repeated.period, repeated.labels.n_elem};
    for (const std::size_t images : {head.first, head.period, head.repeated})
        require_whole_pages(head, images);
    if (repeated.first + repeated.period > data.images.n_cols || (repeated.period == 0) != (head.repeated == 0))
        throw std::invalid_argument("share: no such images to be repeated");
    const arma::uvec labels = arma::join_cols(repeated.labels, data.labels);
    const int descriptor = ::memfd_create("dataset", MFD_ALLOW_SEALING);
    if (descriptor < 0) fail("memfd_create");
    write_at(descriptor, &head, sizeof head, 0);
    write_at(descriptor, data.images.memptr(), data.images.n_elem * sizeof(double), page());
    write_at(descriptor, labels.memptr(), labels.n_elem * sizeof(arma::uword), labels_offset(head));
    if (::fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0) fail("seal");
    return descriptor;
}

Dataset map_shared(int descriptor) {
    Head head{};
    if (::pread(descriptor, &head, sizeof head, 0) != sizeof head) fail("read the shared data set");
    const arma::uword count = head.repeated + head.images;
    char* images = map_all(descriptor, head, size_of(head, head.images) + count * sizeof(arma::uword));
    char* labels = images + size_of(head, count);
    return Dataset{arma::mat(reinterpret_cast<double*>(images), head.pixels, count, false, true),
                   arma::uvec(reinterpret_cast<arma::uword*>(labels), count, false, true)};
}
