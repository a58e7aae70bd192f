// The memory that judge and workers share: what is written comes out, repeated or not, and cannot be changed.
#include "grader/worker/shared_data.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>

#include "grader/catch.hpp"

namespace {

constexpr arma::uword pixels = 784;

Dataset shared_and_mapped(const arma::mat& images, const arma::uvec& labels) {
    const int descriptor = share(images, labels);
    const Dataset data = map_shared(descriptor);
    ::close(descriptor);
    return {data.images, data.labels};
}

}  // namespace

TEST_CASE("shared data: as many images as labels come out as they went in") {
    const arma::mat images = arma::randu(pixels, 37);
    const arma::uvec labels = arma::regspace<arma::uvec>(0, 36);
    const Dataset data = shared_and_mapped(images, labels);
    CHECK(arma::all(arma::vectorise(data.images == images)));
    CHECK(arma::all(data.labels == labels));
}

TEST_CASE("shared data: fewer images than labels come again and again") {
    const arma::uword n = fewest_repeatable(pixels, 64);
    const arma::uword seen = 3 * n + 5;
    const arma::mat images = arma::randu(pixels, n);
    const arma::uvec labels = arma::regspace<arma::uvec>(0, seen - 1);
    const Dataset data = shared_and_mapped(images, labels);
    REQUIRE(data.images.n_cols == seen);
    CHECK(arma::all(data.labels == labels));
    for (arma::uword i = 0; i < seen; ++i)
        REQUIRE(arma::all(data.images.col(i) == images.col(i % n)));
}

TEST_CASE("shared data: images that fill whole pages are the fewest that can be repeated") {
    const auto page = static_cast<arma::uword>(::sysconf(_SC_PAGESIZE));
    for (const arma::uword least : {1, 64, 100}) {
        const arma::uword n = fewest_repeatable(pixels, least);
        CHECK(n >= least);
        CHECK(n * pixels * sizeof(double) % page == 0);
    }
    CHECK(fewest_repeatable(page / sizeof(double), 5) == 5);
}

TEST_CASE("shared data: nobody can change it") {
    const int descriptor = share(arma::randu(pixels, 3), {1, 2, 3});
    CHECK(::pwrite(descriptor, "x", 1, 5000) == -1);
    CHECK(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) == MAP_FAILED);
    CHECK(::ftruncate(descriptor, 0) == -1);
    ::close(descriptor);
}

TEST_CASE("shared data: images that cannot be repeated are refused") {
    CHECK_THROWS_AS(share(arma::randu(pixels, 3), {1, 2, 3, 4}), std::invalid_argument);
    CHECK_THROWS_AS(share(arma::randu(pixels, 3), {1, 2}), std::invalid_argument);
    CHECK_THROWS_AS(share(arma::mat(pixels, 0), {1, 2}), std::invalid_argument);
}
