// The types of the contract as values; see contract_values.hpp.
#include "grader/protocol/contract_values.hpp"

namespace protocol {

const Dataset* shared_dataset = nullptr;

namespace {

void check_window(const Window& window) {
    if (shared_dataset == nullptr) throw Malformed("shared columns where none are shared");
    const arma::uword n = shared_dataset->labels.n_elem;
    if (window.count == 0 || window.count > n || window.first > n - window.count)
        throw Malformed("shared columns outside of the set");
}

// Views of the shared set. Armadillo has no constructor for a view of constant memory; the functions of the contract
// take it as const, and in a worker its pages are read-only.
arma::mat shared(const Window& window, const arma::mat*) {
    check_window(window);
    auto* first = const_cast<double*>(shared_dataset->images.colptr(window.first));
    return arma::mat(first, shared_dataset->images.n_rows, window.count, false, true);
}

arma::umat shared(const Window& window, const arma::umat*) {
    check_window(window);
    auto* first = const_cast<arma::uword*>(shared_dataset->labels.memptr()) + window.first;
    return arma::umat(first, window.count, 1, false, true);
}

}  // namespace

void put(Values& out, const Dataset& value) {
    put(out, value.images);
    put(out, value.labels);
}

void put(Values& out, const SharedDataset& value) {
    out.emplace_back(value.window);
    out.emplace_back(value.window);
}

void put(Values& out, const Model& value) {
    put(out, value.W);
    put(out, value.b);
}

void put(Values& out, const Gradients& value) {
    put(out, value.W);
    put(out, value.b);
}

void put(Values& out, const Hyperparameters& value) {
    put(out, value.learning_rate);
    put(out, value.batch_size);
    put(out, value.epochs);
    put(out, arma::uword{value.seed});
}

void put(Values& out, const std::vector<EpochStats>& value) {
    arma::mat rows(value.size(), 3);
    for (std::size_t i = 0; i < value.size(); ++i) {
        rows(i, 0) = value[i].train_loss;
        rows(i, 1) = value[i].valid_loss;
        rows(i, 2) = value[i].valid_accuracy;
    }
    put(out, rows);
}

Value& Taker::next() {
    if (used_ == values_.size()) throw Malformed("a value is missing");
    return values_[used_++];
}

void Taker::expect_end() const {
    if (used_ != values_.size()) throw Malformed("more values than expected");
}

template <class T> arma::Mat<T> Taker::take_matrix() {
    Value& value = next();
    if (const auto* window = std::get_if<Window>(&value)) return shared(*window, static_cast<arma::Mat<T>*>(nullptr));
    if (auto* matrix = std::get_if<arma::Mat<T>>(&value)) return std::move(*matrix);
    throw Malformed("a value of another kind than expected");
}

// A vector has one column; any empty matrix counts as the empty vector.
template <class T> arma::Col<T> Taker::take_column() {
    arma::Mat<T> matrix = take_matrix<T>();
    if (matrix.n_cols != 1 && !matrix.is_empty()) throw Malformed("a matrix in the place of a vector");
    if (is_view(matrix)) return arma::Col<T>(matrix.memptr(), matrix.n_elem, false, true);
    return arma::Col<T>(arma::vectorise(matrix));
}

template <class T> T Taker::take_scalar() {
    const arma::Mat<T> matrix = take_matrix<T>();
    if (matrix.n_elem != 1) throw Malformed("a matrix in the place of a number");
    return matrix(0);
}

template <> arma::mat Taker::take() { return take_matrix<double>(); }
template <> arma::vec Taker::take() { return take_column<double>(); }
template <> arma::uvec Taker::take() { return take_column<arma::uword>(); }
template <> double Taker::take() { return take_scalar<double>(); }
template <> arma::uword Taker::take() { return take_scalar<arma::uword>(); }

template <> arma::rowvec Taker::take() {
    const arma::mat matrix = take_matrix<double>();
    if (matrix.n_rows != 1 && !matrix.is_empty()) throw Malformed("a matrix in the place of a row");
    return arma::rowvec(arma::vectorise(matrix).t());
}

template <> Dataset Taker::take() { return Dataset{take<arma::mat>(), take<arma::uvec>()}; }
template <> Model Taker::take() { return Model{take<arma::mat>(), take<arma::vec>()}; }
template <> Gradients Taker::take() { return Gradients{take<arma::mat>(), take<arma::vec>()}; }

template <> Hyperparameters Taker::take() {
    return Hyperparameters{take<double>(), take<arma::uword>(), take<arma::uword>(),
                           static_cast<unsigned>(take<arma::uword>())};
}

template <> std::vector<EpochStats> Taker::take() {
    const arma::mat rows = take<arma::mat>();
    if (rows.n_cols != 3) throw Malformed("epochs without their three figures");
    std::vector<EpochStats> epochs;
    for (arma::uword i = 0; i < rows.n_rows; ++i)
        epochs.push_back({rows(i, 0), rows(i, 1), rows(i, 2)});
    return epochs;
}

}  // namespace protocol
