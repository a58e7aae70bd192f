// Memory that a function of a submission cannot write to: what the contract passes as const is kept in it for a call.
// The worker sees the same pages at two places, and gives away the one that is read-only. So no call has to change how
// pages are mapped, which would take as long as some timed calls may differ.
#ifndef GRADER_WORKER_READ_ONLY_PAGES_HPP
#define GRADER_WORKER_READ_ONLY_PAGES_HPP

#include <cstddef>

#include "softmax_reg_vec.hpp"

class ReadOnlyPages {
  public:
    // Room for that many matrices of that many bytes in all; what was kept before is gone.
    void make_room(std::size_t bytes, std::size_t matrices);

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

    std::byte* to_write_ = nullptr;
    std::byte* to_read_ = nullptr;
    std::size_t size_ = 0;
    std::size_t used_ = 0;
};

#endif
