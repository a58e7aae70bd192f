// The batches of the training loops: views of neighbouring columns of a Dataset, never copies of them.
// Called by loops::train_sgd and by the students' train_sgd_vec.
#include "softmax_reg_vec.hpp"

#include <algorithm>

namespace lab {

// Armadillo builds a view only on a plain pointer, so const is cast away here and put back at once: the members are
// const. "false" keeps the memory where it is, "true" forbids a later change of size.
Batch::Batch(const Dataset& data, arma::uword first, arma::uword size)
    : images(const_cast<double*>(data.images.colptr(first)), data.images.n_rows, size, false, true),
      labels(const_cast<arma::uword*>(data.labels.memptr()) + first, size, false, true) {}

std::vector<Batch> create_batches(const Dataset& data, arma::uword batch_size) {
    const arma::uword n = data.images.n_cols;
    if (batch_size == 0) throw std::invalid_argument("create_batches: batch_size is 0; it must be at least 1");
    if (data.labels.n_elem != n) throw std::invalid_argument("create_batches: as many labels as images are needed");

    const arma::uword n_batches = n / batch_size + (n % batch_size == 0 ? 0 : 1);
    std::vector<Batch> batches;
    batches.reserve(n_batches);  // a vector that grows would copy its batches, and a copy of a view owns its memory
    for (arma::uword i = 0; i < n_batches; ++i) {
        const arma::uword first = i * batch_size;
        batches.emplace_back(data, first, std::min(batch_size, n - first));
    }
    return batches;
}

}  // namespace lab
