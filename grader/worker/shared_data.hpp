// The data set that the judge lends to every worker: one piece of sealed memory, written once, never copied.
// The judge makes it, a worker maps it read-only; so no call pays for sending the images.
#ifndef GRADER_WORKER_SHARED_DATA_HPP
#define GRADER_WORKER_SHARED_DATA_HPP

#include "softmax_reg_vec.hpp"

// A file descriptor of memory that holds `images` (D x n) and `labels` (m >= n), and that nobody can change any more.
// With m > n a worker sees m images: the n again and again, in the same memory, so that few stay in a cache however
// many are gone through. Throws std::invalid_argument when the n do not fill whole pages then, or m < n;
// std::system_error when the system does not give the memory.
int share(const arma::mat& images, const arma::uvec& labels);

// How many images, at least `least`, fill whole pages of memory, so that share() can repeat them.
arma::uword fewest_repeatable(arma::uword pixels, arma::uword least);

// The set that lies behind the descriptor, as views of read-only pages that stay mapped until the process ends.
Dataset map_shared(int descriptor);

#endif
