// Where Fashion-MNIST may lie, in which order to look, and what to tell people about it. See fashion_mnist.hpp.
#include "data/fashion_mnist.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "data/idx.hpp"

namespace fs = std::filesystem;

namespace data {
namespace {

constexpr std::array file_names = {"train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte",
                                   "t10k-labels-idx1-ubyte"};

fs::path sample_in(const fs::path& repository) { return repository / "data" / "sample"; }

bool same_folder(const fs::path& a, const fs::path& b) {
    std::error_code ignored;
    return fs::equivalent(a, b, ignored);
}

bool is_there(const fs::path& file) {
    std::error_code ignored;
    return fs::exists(file, ignored);
}

// The packed file goes first: it carries a checksum.
fs::path find_file(const fs::path& folder, const std::string& name) {
    const fs::path packed = folder / (name + ".gz");
    const fs::path plain = folder / name;
    return is_there(packed) || !is_there(plain) ? packed : plain;
}

bool holds_all(const fs::path& folder) {
    return std::all_of(file_names.begin(), file_names.end(),
                       [&](const char* name) { return is_there(find_file(folder, name)); });
}

// An empty variable counts as unset, as is usual.
std::string named_by_environment() {
    const char* folder = std::getenv("FASHION_MNIST_DIR");
    return folder ? folder : "";
}

std::string remedy_for(const fs::path& folder) {
    if (same_folder(folder, sample_in(LAB_ROOT))) return "Restore it: git checkout -- data/sample";
    const std::string named = named_by_environment();
    if (!named.empty() && same_folder(folder, named))
        return "Correct FASHION_MNIST_DIR, or unset it and run: make data";
    return "Get a good copy: make data";
}

}  // namespace

fs::path find_folder() { return find_folder(LAB_ROOT, "/usr/share/datasets/fashion-mnist"); }

fs::path find_folder(const fs::path& repository, const fs::path& system) {
    const std::string named = named_by_environment();
    if (!named.empty()) {
        if (holds_all(named)) return named;
        throw Error(named + ": FASHION_MNIST_DIR names this folder, but it does not hold the four files " +
                    file_names[0] + "[.gz] and so on. Correct FASHION_MNIST_DIR, or unset it and run: make data");
    }
    for (const fs::path& folder : {repository / "data" / "fashion-mnist", system}) {
        if (holds_all(folder)) return folder;
    }
    return sample_in(repository);
}

FashionMnist load(const fs::path& folder) {
    const auto file = [&](std::size_t i) { return find_file(folder, file_names[i]); };
    const std::string remedy = remedy_for(folder);
    return {load_idx(file(0), file(1), remedy), load_idx(file(2), file(3), remedy), folder,
            same_folder(folder, sample_in(LAB_ROOT))};
}

FashionMnist load_sample() { return load(sample_in(LAB_ROOT)); }

}  // namespace data
