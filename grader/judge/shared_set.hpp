// The committed sample of Fashion-MNIST, read once and lent to all workers.
#ifndef GRADER_JUDGE_SHARED_SET_HPP
#define GRADER_JUDGE_SHARED_SET_HPP

#include "softmax_reg_vec.hpp"

const Dataset& shared_set();  // the training images of the sample
int shared_set_descriptor();  // of the memory that holds the same for the workers

#endif
