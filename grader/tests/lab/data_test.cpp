// Tests of data/: the IDX loader on small files written here, each way such a file can be wrong, the search for the
// data set, and the committed sample. They need no network and no file but the sample.
#include "grader/judge/catch.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>
#include <zlib.h>

#include "data/fashion_mnist.hpp"
#include "grader/experiments/training/epoch_table.hpp"
#include "data/idx.hpp"

namespace fs = std::filesystem;

namespace {

constexpr unsigned images_magic = 0x803, labels_magic = 0x801;

std::string big_endian(std::vector<unsigned> numbers) {
    std::string bytes;
    for (const unsigned number : numbers) {
        for (const int shift : {24, 16, 8, 0})
            bytes += static_cast<char>(number >> shift & 0xff);
    }
    return bytes;
}

// Pixel p of image i is (7 * i + p) modulo 256.
std::string images_idx(unsigned count, unsigned rows = 28, unsigned cols = 28) {
    std::string bytes = big_endian({images_magic, count, rows, cols});
    for (unsigned i = 0; i < count; ++i) {
        for (unsigned p = 0; p < rows * cols; ++p)
            bytes += static_cast<char>((7 * i + p) % 256);
    }
    return bytes;
}

std::string labels_idx(const std::vector<unsigned>& labels) {
    std::string bytes = big_endian({labels_magic, static_cast<unsigned>(labels.size())});
    for (const unsigned label : labels)
        bytes += static_cast<char>(label);
    return bytes;
}

void write(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
}

std::string gzip(const std::string& bytes) {
    z_stream stream{};
    REQUIRE(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY) == Z_OK);
    std::string packed(deflateBound(&stream, bytes.size()) + 32, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(&packed[0]);
    stream.avail_out = static_cast<uInt>(packed.size());
    REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

// The message that the action ends with, "" if it goes well.
template <class Action> std::string error_of(Action action) {
    try {
        action();
    } catch (const data::Error& error) { return error.what(); }
    return "";
}

// A folder of its own for each test, with the variable out of the way.
struct Folder {
    fs::path path = fs::temp_directory_path() / ("data_test." + std::to_string(getpid()));
    fs::path images = path / "images", labels = path / "labels";
    Folder() {
        unsetenv("FASHION_MNIST_DIR");
        fs::create_directories(path);
    }
    ~Folder() {
        unsetenv("FASHION_MNIST_DIR");
        fs::remove_all(path);
    }

    std::string error(const std::string& images_bytes, const std::string& labels_bytes) const {
        write(images, images_bytes);
        write(labels, labels_bytes);
        return error();
    }
    std::string error() const {
        return error_of([&] { data::load_idx(images, labels); });
    }
};

bool has(const std::string& text, const std::string& part) {
    UNSCOPED_INFO("looking for \"" << part << "\" in \"" << text << '"');
    return text.find(part) != std::string::npos;
}

void check_pixels(const Dataset& set, arma::uword count) {
    REQUIRE(set.images.n_rows == 784);
    REQUIRE(set.images.n_cols == count);
    for (arma::uword i = 0; i < count; ++i) {
        for (arma::uword p = 0; p < 784; ++p) {
            if (set.images(p, i) != static_cast<double>((7 * i + p) % 256) / 255.0) FAIL("pixel " << p << " of " << i);
        }
    }
}

void write_four(const fs::path& folder, const std::string& ending = "") {
    const auto pack = [&](const std::string& bytes) { return ending.empty() ? bytes : gzip(bytes); };
    write(folder / ("train-images-idx3-ubyte" + ending), pack(images_idx(3)));
    write(folder / ("train-labels-idx1-ubyte" + ending), pack(labels_idx({3, 1, 4})));
    write(folder / ("t10k-images-idx3-ubyte" + ending), pack(images_idx(2)));
    write(folder / ("t10k-labels-idx1-ubyte" + ending), pack(labels_idx({1, 5})));
}

}  // namespace

TEST_CASE("load_idx scales the pixels and makes an image a column", "[data]") {
    const Folder folder;
    const std::string images = images_idx(300), labels = labels_idx(std::vector<unsigned>(300, 9));
    SECTION("plain") { REQUIRE(folder.error(images, labels) == ""); }
    SECTION("gzip") { REQUIRE(folder.error(gzip(images), gzip(labels)) == ""); }
    const Dataset set = data::load_idx(folder.images, folder.labels);
    check_pixels(set, 300);
    CHECK(arma::all(set.labels == 9));
    CHECK(set.images.max() == 1.0);
}

TEST_CASE("load_idx keeps the order of the labels", "[data]") {
    const Folder folder;
    REQUIRE(folder.error(images_idx(4), labels_idx({0, 9, 2, 7})) == "");
    const arma::uvec expected = {0, 9, 2, 7};
    CHECK(arma::all(data::load_idx(folder.images, folder.labels).labels == expected));
}

TEST_CASE("an error names the file and the next action", "[data]") {
    const Folder folder;
    CHECK(has(folder.error(), folder.images.string() + ": missing"));
    CHECK(has(folder.error(), "make data"));
    write(folder.images, images_idx(1));
    CHECK(has(folder.error(), folder.labels.string() + ": missing"));
    fs::create_directories(folder.labels);
    CHECK(has(folder.error(), "not a file"));
}

TEST_CASE("a file named .gz must be gzip", "[data]") {
    Folder folder;
    folder.images += ".gz";
    CHECK(has(folder.error(images_idx(1), labels_idx({1})), "images.gz: not gzip"));
    CHECK(has(folder.error("", labels_idx({1})), "empty file"));
    CHECK(has(folder.error("<html>404 Not Found</html>", labels_idx({1})), "not gzip"));
    CHECK(folder.error(gzip(images_idx(1)), labels_idx({1})) == "");
}

TEST_CASE("truncated files are refused at every length", "[data]") {
    const Folder folder;
    const std::string images = images_idx(2), labels = labels_idx({1, 2});
    const bool packed = GENERATE(false, true);
    const std::string whole = packed ? gzip(images) : images, whole_labels = packed ? gzip(labels) : labels;
    for (std::size_t length = packed ? 2 : 0; length < whole.size(); length += length < 30 ? 1 : 97) {
        CHECK(has(folder.error(whole.substr(0, length), whole_labels), "truncated"));
    }
    CHECK(has(folder.error(whole.substr(0, whole.size() - 1), whole_labels), "images: truncated"));
    CHECK(has(folder.error(whole, whole_labels.substr(0, whole_labels.size() - 1)), "labels: truncated"));
}

TEST_CASE("a truncated file says how much of it is there", "[data]") {
    const Folder folder;
    const std::string text = folder.error(images_idx(5).substr(0, 16 + 3 * 784 + 10), labels_idx({1, 2, 3, 4, 5}));
    CHECK(has(text, "found 3 whole images, expected the 5"));
}

TEST_CASE("a header that claims four billion items costs no memory", "[data]") {
    const Folder folder;
    const std::string images = big_endian({images_magic, 0xffffffff, 28, 28}) + std::string(784, '\1');
    CHECK(has(folder.error(images, labels_idx({1})), "images: truncated"));
    CHECK(has(folder.error(gzip(images), labels_idx({1})), "expected the 4294967295"));
    CHECK(has(folder.error(images_idx(1), big_endian({labels_magic, 0xffffffff}) + '\1'), "labels: truncated"));
}

TEST_CASE("trailing bytes are refused", "[data]") {
    const Folder folder;
    const std::string images = images_idx(2), labels = labels_idx({1, 2});
    CHECK(has(folder.error(images + '\0', labels), "images: trailing bytes"));
    CHECK(has(folder.error(images, labels + '\0'), "labels: trailing bytes"));
    CHECK(has(folder.error(gzip(images + '\0'), labels), "trailing bytes: more follows the 2 images"));
    CHECK(has(folder.error(gzip(images) + "x", labels), "trailing bytes: more follows the end of the gzip data"));
    CHECK(has(folder.error(images, gzip(labels) + std::string(100000, '\0')), "labels: trailing bytes"));
}

TEST_CASE("damaged gzip data is refused", "[data]") {
    const Folder folder;
    const std::size_t from_the_end = GENERATE(6, 2, 30);  // checksum, length, data
    std::string packed = gzip(images_idx(2));
    packed[packed.size() - from_the_end] = static_cast<char>(packed[packed.size() - from_the_end] ^ 0x55);
    CHECK(has(folder.error(packed, labels_idx({1, 2})), "damaged gzip data"));
}

TEST_CASE("a wrong magic number is refused", "[data]") {
    const Folder folder;
    const std::string images = images_idx(2), labels = labels_idx({1, 2});
    CHECK(has(folder.error(labels, labels), "found 0x00000801, expected 0x00000803 (images)"));
    CHECK(has(folder.error(images, images), "found 0x00000803, expected 0x00000801 (labels)"));
    CHECK(has(folder.error("PNG and more of it", labels), "wrong magic number"));
}

TEST_CASE("images that are not 28 x 28 are refused", "[data]") {
    const Folder folder;
    CHECK(has(folder.error(images_idx(1, 28, 27), labels_idx({1})), "found images of 28 x 27, expected 28 x 28"));
    CHECK(has(folder.error(images_idx(1, 14, 56), labels_idx({1})), "found images of 14 x 56, expected 28 x 28"));
    CHECK(has(folder.error(images_idx(1, 0, 0), labels_idx({1})), "wrong dimensions"));
}

TEST_CASE("sets that are empty, unequal or out of range are refused", "[data]") {
    const Folder folder;
    CHECK(has(folder.error(images_idx(0), labels_idx({})), "images: empty set"));
    CHECK(has(folder.error(images_idx(1), labels_idx({})), "labels: empty set"));
    CHECK(has(folder.error(images_idx(2), labels_idx({1, 2, 3})), "labels: found 3 labels, expected 2"));
    CHECK(has(folder.error(images_idx(2), labels_idx({1})), folder.images.string()));
    CHECK(has(folder.error(images_idx(3), labels_idx({9, 0, 10})), "labels: label 2 (from 0) is 10, expected 0 to 9"));
    CHECK(has(folder.error(images_idx(1), labels_idx({255})), "is 255"));
}

TEST_CASE("the sample holds the first images of Fashion-MNIST", "[data]") {
    const Folder folder;
    const data::FashionMnist sample = data::load_sample();
    CHECK(sample.is_sample);
    CHECK(arma::size(sample.train.images) == arma::size(784, 6000));
    CHECK(arma::size(sample.valid.images) == arma::size(784, 1000));
    REQUIRE(sample.train.labels.n_elem == 6000);
    REQUIRE(sample.valid.labels.n_elem == 1000);
    const arma::uvec train = {9, 0, 0, 3, 0, 2, 7, 2, 5, 5}, valid = {9, 2, 1, 1, 6, 1, 4, 6, 5, 7};
    CHECK(arma::all(sample.train.labels.head(10) == train));
    CHECK(arma::all(sample.valid.labels.head(10) == valid));
    CHECK(arma::accu(sample.train.images.col(0).head(99)) == 1 / 255.0);  // row 3 of the boot: ..., 1, 0, 0, 13, 73
    CHECK(sample.train.images(99, 0) == 13 / 255.0);
    CHECK(sample.train.images(100, 0) == 73 / 255.0);
    CHECK(sample.train.images.max() == 1.0);
    CHECK(has(training::describe(sample), "make data"));
}

TEST_CASE("find_folder looks in the repository, then the system, then falls back on the sample", "[data]") {
    const Folder folder;
    const fs::path system = folder.path / "system", own = folder.path / "data/fashion-mnist";
    CHECK(data::find_folder(folder.path, system) == folder.path / "data/sample");
    write_four(system, ".gz");
    CHECK(data::find_folder(folder.path, system) == system);
    write_four(own);
    CHECK(data::find_folder(folder.path, system) == own);
    fs::remove(own / "t10k-labels-idx1-ubyte");
    CHECK(data::find_folder(folder.path, system) == system);
}

TEST_CASE("FASHION_MNIST_DIR goes first and is never passed over", "[data]") {
    const Folder folder;
    const fs::path named = folder.path / "named", system = folder.path / "system";
    write_four(system);
    setenv("FASHION_MNIST_DIR", named.c_str(), 1);
    CHECK(has(error_of([&] { data::find_folder(folder.path, system); }), named.string() + ": FASHION_MNIST_DIR"));
    write_four(named, ".gz");
    CHECK(data::find_folder(folder.path, system) == named);
    setenv("FASHION_MNIST_DIR", "", 1);
    CHECK(data::find_folder(folder.path, system) == system);
}

TEST_CASE("load takes the four files, and its errors know where they are from", "[data]") {
    const Folder folder;
    write_four(folder.path, GENERATE(as<std::string>(), "", ".gz"));
    const data::FashionMnist set = data::load(folder.path);
    check_pixels(set.train, 3);
    check_pixels(set.valid, 2);
    CHECK(set.train.labels(2) == 4);
    CHECK(set.valid.labels(1) == 5);
    CHECK_FALSE(set.is_sample);
    CHECK(has(training::describe(set), "3 images to train on, 2 to validate, from " + folder.path.string()));
    setenv("FASHION_MNIST_DIR", folder.path.c_str(), 1);
    write(folder.path / "t10k-labels-idx1-ubyte.gz", "no");
    const std::string text = error_of([] { data::load(); });
    CHECK(has(text, "t10k-labels-idx1-ubyte.gz: not gzip"));
    CHECK(has(text, "Correct FASHION_MNIST_DIR"));
}
