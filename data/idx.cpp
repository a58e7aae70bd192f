// The IDX format: a magic number and each dimension as big-endian 32-bit numbers, then the bytes, last index fastest.
// Called through load_idx only. No count of a header is believed before the file has shown that many bytes.
#include "data/idx.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <vector>

namespace data {
namespace {

constexpr std::uint32_t images_magic = 0x803, labels_magic = 0x801;
constexpr std::size_t side = 28;
constexpr unsigned char last_label = 9;

std::string hex(std::uint32_t number) {
    char text[11];
    std::snprintf(text, sizeof text, "0x%08x", static_cast<unsigned>(number));
    return text;
}

std::uint32_t read_number(Bytes& file, const char* name) {
    const auto bytes = file.read(4);
    if (bytes.size() < 4) file.fail(std::string("truncated: the file ends before its ") + name);
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 | bytes[3];
}

void expect_magic(Bytes& file, std::uint32_t expected, const std::string& kind) {
    const std::uint32_t found = read_number(file, "magic number");
    if (found == expected) return;
    file.fail("wrong magic number: found " + hex(found) + ", expected " + hex(expected) + " (" + kind + ")");
}

std::uint32_t read_count(Bytes& file, const std::string& kind) {
    const std::uint32_t count = read_number(file, "count");
    if (count == 0) file.fail("empty set: found 0 " + kind + ", expected at least 1");
    return count;
}

void expect_28_by_28(Bytes& file) {
    const std::uint32_t rows = read_number(file, "dimensions");
    const std::uint32_t cols = read_number(file, "dimensions");
    if (rows == side && cols == side) return;
    file.fail("wrong dimensions: found images of " + std::to_string(rows) + " x " + std::to_string(cols) +
              ", expected 28 x 28");
}

std::vector<unsigned char> read_items(Bytes& file, std::uint32_t count, std::size_t item_size,
                                      const std::string& kind) {
    const std::size_t expected = std::size_t{count} * item_size;
    auto bytes = file.read(expected);
    if (bytes.size() < expected) {
        file.fail("truncated: found " + std::to_string(bytes.size() / item_size) + " whole " + kind +
                  ", expected the " + std::to_string(count) + " that its header announces");
    }
    // Also takes a gzip file to its end, where its checksum is.
    if (!file.read(1).empty()) {
        file.fail("trailing bytes: more follows the " + std::to_string(count) + " " + kind +
                  " that its header announces");
    }
    return bytes;
}

arma::mat read_images(Bytes& file) {
    expect_magic(file, images_magic, "images");
    const std::uint32_t count = read_count(file, "images");
    expect_28_by_28(file);
    auto pixels = read_items(file, count, side * side, "images");
    const arma::Mat<unsigned char> columns(pixels.data(), side * side, count, false, true);
    arma::mat images = arma::conv_to<arma::mat>::from(columns);
    images /= 255.0;
    return images;
}

arma::uvec read_labels(Bytes& file) {
    expect_magic(file, labels_magic, "labels");
    const std::uint32_t count = read_count(file, "labels");
    const auto labels = read_items(file, count, 1, "labels");
    const auto bad = std::find_if(labels.begin(), labels.end(), [](unsigned char label) { return label > last_label; });
    if (bad != labels.end()) {
        file.fail("label " + std::to_string(bad - labels.begin()) + " (from 0) is " + std::to_string(*bad) +
                  ", expected 0 to 9");
    }
    arma::uvec result(count);
    std::copy(labels.begin(), labels.end(), result.begin());
    return result;
}

}  // namespace

Dataset load_idx(const std::filesystem::path& images, const std::filesystem::path& labels, const std::string& remedy) {
    Bytes images_file(images, remedy);
    Bytes labels_file(labels, remedy);
    Dataset set{read_images(images_file), read_labels(labels_file)};
    if (set.images.n_cols != set.labels.n_elem) {
        labels_file.fail("found " + std::to_string(set.labels.n_elem) + " labels, expected " +
                         std::to_string(set.images.n_cols) + ", as many as the images in " + images.string());
    }
    return set;
}

}  // namespace data
