// The memory that judge and workers share: what is written comes out, repeated or not, and cannot be changed.
#include "grader/protocol/shared_images.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <stdexcept>

#include "grader/judge/catch.hpp"

namespace {

constexpr arma::uword pixels = 784;

Dataset random_set(arma::uword images) {
    return {arma::randu(pixels, images), arma::regspace<arma::uvec>(0, images - 1)};
}

off_t size_of(int descriptor) {
    struct stat status {};
    ::fstat(descriptor, &status);
    return status.st_size;
}

}  // namespace

TEST_CASE("shared data: a set comes out as it went in") {
    const Dataset set = random_set(37);
    const int descriptor = share(set);
    const Dataset seen = map_shared(descriptor);
    CHECK(arma::all(arma::vectorise(seen.images == set.images)));
    CHECK(arma::all(seen.labels == set.labels));
    ::close(descriptor);
}

TEST_CASE("shared data: some images come again and again, in the same memory, and the set behind them") {
    const arma::uword step = images_in_whole_pages(pixels);
    const Dataset set = random_set(4 * step + 5);
    const arma::uvec labels = arma::regspace<arma::uvec>(1000, 1000 + 6 * step - 1);
    const int descriptor = share(set, {step, 2 * step, labels});
    const Dataset seen = map_shared(descriptor);
    REQUIRE(seen.images.n_cols == labels.n_elem + set.images.n_cols);
    for (arma::uword i = 0; i < labels.n_elem; ++i)
        REQUIRE(arma::all(seen.images.col(i) == set.images.col(step + i % (2 * step))));
    CHECK(arma::all(arma::vectorise(seen.images.tail_cols(set.images.n_cols) == set.images)));
    CHECK(arma::all(seen.labels == arma::join_cols(labels, set.labels)));
    // No copies: there are more images than the memory could hold.
    CHECK(size_of(descriptor) < static_cast<off_t>((set.images.n_elem + pixels * step) * sizeof(double)));
    ::close(descriptor);
}

TEST_CASE("shared data: images of whole pages are the fewest there are") {
    const auto page = static_cast<arma::uword>(::sysconf(_SC_PAGESIZE));
    const auto fills = [&](arma::uword images) { return images * pixels * sizeof(double) % page == 0; };
    const arma::uword step = images_in_whole_pages(pixels);
    CHECK(fills(step));
    for (arma::uword fewer = 1; fewer < step; ++fewer)
        CHECK_FALSE(fills(fewer));
}

TEST_CASE("shared data: nobody can change it") {
    const int descriptor = share(random_set(3));
    CHECK(::pwrite(descriptor, "x", 1, 5000) == -1);
    CHECK(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) == MAP_FAILED);
    CHECK(::ftruncate(descriptor, 0) == -1);
    ::close(descriptor);
}

TEST_CASE("shared data: images that cannot be repeated are refused") {
    const arma::uword step = images_in_whole_pages(pixels);
    const Dataset set = random_set(2 * step);
    CHECK_THROWS_AS(share(set, {0, step, arma::uvec(step + 1)}), std::invalid_argument);
    CHECK_THROWS_AS(share(set, {0, step + 1, arma::uvec(step)}), std::invalid_argument);
    CHECK_THROWS_AS(share(set, {1, step, arma::uvec(step)}), std::invalid_argument);
    CHECK_THROWS_AS(share(set, {2 * step, step, arma::uvec(step)}), std::invalid_argument);
    CHECK_THROWS_AS(share(set, {0, 0, arma::uvec(step)}), std::invalid_argument);
}
