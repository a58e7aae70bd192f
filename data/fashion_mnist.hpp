// Finds Fashion-MNIST on this machine and loads it. Training and its plots call load(); the grader calls load_sample(),
// always, so that a grade does not depend on what a machine has. Nothing here downloads: that is data/fetch.py.
#ifndef DATA_FASHION_MNIST_HPP
#define DATA_FASHION_MNIST_HPP

#include <array>
#include <filesystem>
#include <string>

#include "data/bytes.hpp"
#include "softmax_reg_vec.hpp"

namespace data {

// What the labels 0 to 9 stand for.
inline constexpr std::array class_names = {"T-shirt/top", "Trouser", "Pullover", "Dress", "Coat",
                                           "Sandal",      "Shirt",   "Sneaker",  "Bag",   "Ankle boot"};

struct FashionMnist {
    Dataset train, valid;
    std::filesystem::path folder;
    bool is_sample;
};

// The first of these that holds the four files: $FASHION_MNIST_DIR, data/fashion-mnist in the repository, the folder of
// Debian's dataset-fashion-mnist, the committed sample. Throws an Error when FASHION_MNIST_DIR is set and does not hold
// them: whoever names a folder does not want another one. The second form looks in another repository and system.
std::filesystem::path find_folder();
std::filesystem::path find_folder(const std::filesystem::path& repository, const std::filesystem::path& system);

// The four files of `folder` under their standard names, each with or without .gz. Throws an Error.
FashionMnist load(const std::filesystem::path& folder = find_folder());
FashionMnist load_sample();

}  // namespace data

#endif
