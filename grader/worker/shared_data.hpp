// The data set that the judge lends to every worker: one piece of sealed memory, written once, never copied.
// The judge makes it, a worker maps it read-only; so no call pays for sending the images.
#ifndef GRADER_WORKER_SHARED_DATA_HPP
#define GRADER_WORKER_SHARED_DATA_HPP

#include "softmax_reg_vec.hpp"

// A file descriptor of memory that holds `data` and that nobody can change any more.
// Throws std::system_error when the system does not give it.
int share(const Dataset& data);

// The set that lies behind the descriptor, as views of read-only pages that stay mapped until the process ends.
Dataset map_shared(int descriptor);

#endif
