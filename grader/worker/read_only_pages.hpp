// Memory that a function of a submission cannot write to: what the contract passes as const is kept in it for a call.
// The worker sees the same pages at two places, and gives away the one that is read-only. So no call has to change how
// pages are mapped: on some virtual machines that takes 0.1 ms, and a timed call 2 ms.
#ifndef GRADER_WORKER_READ_ONLY_PAGES_HPP
#define GRADER_WORKER_READ_ONLY_PAGES_HPP

#include <cstddef>

#include "softmax_reg_vec.hpp"

class ReadOnlyPages {
  public:
    // To be made before a process shuts itself in. Throws std::system_error.
    ReadOnlyPages();

    // For the next call: what was kept before is gone.
    void clear() { used_ = 0; }

    // The same value in these pages. Views of other memory stay what they are: here that is the shared data set, whose
    // pages are read-only, too. A number is passed on: its caller has a copy.
    arma::mat keep(const arma::mat& value) { return {copy(value), value.n_rows, value.n_cols, false, true}; }
    arma::vec keep(const arma::vec& value) { return {copy(value), value.n_elem, false, true}; }
    arma::uvec keep(const arma::uvec& value) { return {copy(value), value.n_elem, false, true}; }
    Dataset keep(const Dataset& value) { return {keep(value.images), keep(value.labels)}; }
    Hyperparameters keep(const Hyperparameters& value) { return value; }
    arma::uword keep(arma::uword value) { return value; }

  private:
    template <class T> T* copy(const arma::Mat<T>& value);

    std::byte* to_write_;
    std::byte* to_read_;
    std::size_t used_ = 0;
};

#endif
