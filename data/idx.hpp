// Loads a set of 28 x 28 images and their labels from IDX files, the format of MNIST and Fashion-MNIST.
// Anything not exactly as expected is a data::Error; nothing is repaired, skipped or guessed.
#ifndef DATA_IDX_HPP
#define DATA_IDX_HPP

#include <filesystem>
#include <string>

#include "data/bytes.hpp"
#include "softmax_reg_vec.hpp"

namespace data {

// Both files may be plain or .gz. The images come as 784 x n, an image a column, its pixels row by row, divided by 255.
// Every error message ends with `remedy`, the next action.
Dataset load_idx(const std::filesystem::path& images, const std::filesystem::path& labels,
                 const std::string& remedy = "Get a good copy: make data");

}  // namespace data

#endif
