// The committed sample of Fashion-MNIST, read once; its training images are lent to all workers.
#ifndef GRADER_JUDGE_SHARED_SET_HPP
#define GRADER_JUDGE_SHARED_SET_HPP

#include "softmax_reg_vec.hpp"

const Dataset& shared_set();      // the training images of the sample
const Dataset& validation_set();  // its other images, which no worker sees
int shared_set_descriptor();      // of the memory that holds the training images for the workers

#endif
