// How the types of the contract travel as values: one overload of put and one of take for each type.
// The judge and the worker use the same ones, so that neither can read what the other did not write.
#ifndef GRADER_PROTOCOL_CONTRACT_VALUES_HPP
#define GRADER_PROTOCOL_CONTRACT_VALUES_HPP

#include "grader/protocol/message.hpp"
#include "softmax_reg_vec.hpp"

namespace protocol {

// A set given as the shared columns instead of by its values.
struct SharedDataset {
    Window window;
};

// Whether a matrix neither owns its memory nor may leave it, as a view of the shared columns.
template <class T> bool is_view(const arma::Mat<T>& matrix) { return matrix.mem_state == 2; }

// The data set that windows refer to in this process; a worker sets it, the judge needs none.
extern const Dataset* shared_dataset;

inline void put(Values& out, const arma::mat& value) { out.emplace_back(value); }
inline void put(Values& out, const arma::rowvec& value) { out.emplace_back(arma::mat(value)); }
inline void put(Values& out, const arma::vec& value) { out.emplace_back(arma::mat(value)); }
inline void put(Values& out, const arma::uvec& value) { out.emplace_back(arma::umat(value)); }
inline void put(Values& out, double value) { out.emplace_back(arma::mat(1, 1, arma::fill::value(value))); }
inline void put(Values& out, arma::uword value) { out.emplace_back(arma::umat(1, 1, arma::fill::value(value))); }
void put(Values& out, const Dataset& value);
void put(Values& out, const SharedDataset& value);
void put(Values& out, const Model& value);
void put(Values& out, const Gradients& value);
void put(Values& out, const Hyperparameters& value);
void put(Values& out, const std::vector<EpochStats>& value);

// Reads values in their order; take throws Malformed where one is missing or of another kind.
// Defined for the types of the contract that are put above; shared columns come out as views, nothing is copied.
class Taker {
  public:
    explicit Taker(Values values) : values_(std::move(values)) {}
    template <class T> T take();
    void expect_end() const;

  private:
    template <class T> arma::Mat<T> take_matrix();
    template <class T> arma::Col<T> take_column();
    template <class T> T take_scalar();
    Value& next();

    Values values_;
    std::size_t used_ = 0;
};

}  // namespace protocol

#endif
