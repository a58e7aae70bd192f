// The data set that the judge lends to every worker: one piece of sealed memory, written once, never copied.
// The judge makes it, a worker maps it read-only; so no call pays for sending the images.
#ifndef GRADER_PROTOCOL_SHARED_IMAGES_HPP
#define GRADER_PROTOCOL_SHARED_IMAGES_HPP

#include "softmax_reg_vec.hpp"

// Images of the set that a worker sees again and again, in the same memory, so that they stay in a cache however many
// of them it goes through: those from `first` on, `period` of them, as often as there are `labels`. Each of these three
// numbers of images is to fill whole pages of memory.
struct Repeated {
    arma::uword first = 0;
    arma::uword period = 0;
    arma::uvec labels;
};

// The fewest images of so many pixels that fill whole pages.
arma::uword images_in_whole_pages(arma::uword pixels);

// A file descriptor of memory that nobody can change any more. A worker that maps it sees the repeated images and
// behind them those of `data`. Throws std::invalid_argument for images that cannot be repeated, std::system_error when
// the system does not give the memory.
int share(const Dataset& data, const Repeated& repeated = {});

// What lies behind the descriptor, as views of read-only pages that stay mapped until the process ends.
Dataset map_shared(int descriptor);

#endif
