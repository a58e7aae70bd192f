// The committed sample of Fashion-MNIST, read once; its training images are lent to all workers.
#ifndef GRADER_JUDGE_SAMPLE_IMAGES_HPP
#define GRADER_JUDGE_SAMPLE_IMAGES_HPP

#include "grader/protocol/contract_values.hpp"
#include "softmax_reg_vec.hpp"

const Dataset& training_set();    // the training images of the sample
const Dataset& validation_set();  // its other images, which no worker sees
int sample_descriptor();          // of the memory that holds the training images for the workers

// The columns first .. first + count - 1 of training_set(), as an argument.
protocol::SharedDataset distinct_images(arma::uword first, arma::uword count);

// The same out of `repeated_count` images for speed: 64 of training_set() (400 KB; more where pages are larger than
// 4 KiB), others in each judge, again and again in the same memory, with labels drawn by chance. A cache of 1 MB keeps
// them, so that a time is that of the code and does not depend on who else reads memory.
constexpr arma::uword repeated_count = 9216;
protocol::SharedDataset repeated_images(arma::uword first, arma::uword count);

#endif
