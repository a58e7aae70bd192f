// The committed sample of Fashion-MNIST, read once; its training images are lent to all workers.
#ifndef GRADER_JUDGE_SHARED_SET_HPP
#define GRADER_JUDGE_SHARED_SET_HPP

#include "softmax_reg_vec.hpp"

const Dataset& shared_set();      // the training images of the sample
const Dataset& validation_set();  // its other images, which no worker sees
int shared_set_descriptor();      // of the memory that holds the training images for the workers

// What workers are timed on: a few of the training images, drawn by chance, again and again in the same memory. They
// stay in the cache next to the processor. So a time is that of the code, and does not depend on who else reads memory.
constexpr arma::uword speed_set_images = 64;  // 400 KB; more where pages are larger than 4 KiB
constexpr arma::uword speed_set_size = 8192;  // images and labels that a worker sees
int speed_set_descriptor();

#endif
