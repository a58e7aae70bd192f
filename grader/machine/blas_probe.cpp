// Says which BLAS this program is linked with, whether its numbers are right, and how fast it multiplies the shapes of
// a training batch, in lines of "key value". grader/machine/blas.py runs it once for each kind of kernel that the
// processor supports; `make doctor` compiles it where nothing is built yet, and so it needs nothing but Armadillo.
#include <dlfcn.h>

#include <algorithm>
#include <armadillo>
#include <array>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <string>

namespace {

double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// --- are its numbers right?
// --------------------------------------------------------------------------------------------

// Whole numbers up to 2^20: a sum of 784 products stays below 2^50, and so a double holds it exactly in whatever order
// it is added up. Right kernels agree with plain loops to the last bit; those that are wrong in one entry, or compute
// with fewer bits, do not.
arma::mat whole_numbers(arma::uword rows, arma::uword columns) {
    constexpr int most = 1 << 20;
    return arma::randi<arma::mat>(rows, columns, arma::distr_param(-most, most));
}

arma::mat product_by_loops(const arma::mat& a, const arma::mat& b) {
    arma::mat result(a.n_rows, b.n_cols, arma::fill::zeros);
    for (arma::uword j = 0; j < b.n_cols; ++j)
        for (arma::uword k = 0; k < a.n_cols; ++k)
            for (arma::uword i = 0; i < a.n_rows; ++i)
                result.at(i, j) += a.at(i, k) * b.at(k, j);
    return result;
}

bool same(const arma::mat& a, const arma::mat& b) { return std::equal(a.begin(), a.end(), b.begin(), b.end()); }

std::string shape(const arma::mat& a) { return std::to_string(a.n_rows) + "x" + std::to_string(a.n_cols); }

// The first product of these sizes that is wrong, such as "784x10 * 10x64"; empty when all are right.
std::string wrong_product(arma::uword rows, arma::uword columns, arma::uword inner) {
    const arma::mat a = whole_numbers(rows, inner);
    const arma::mat b = whole_numbers(inner, columns);
    const arma::mat at = arma::trans(a);
    const arma::mat bt = arma::trans(b);
    const arma::mat right = product_by_loops(a, b);
    if (!same(a * b, right)) return shape(a) + " * " + shape(b);
    if (!same(at.t() * b, right)) return shape(at) + "' * " + shape(b);
    if (!same(a * bt.t(), right)) return shape(a) + " * " + shape(bt) + "'";
    if (!same(at.t() * bt.t(), right)) return shape(at) + "' * " + shape(bt) + "'";
    return "";
}

// A matrix times a vector goes by kernels of its own.
std::string wrong_vector_product(arma::uword rows, arma::uword columns) {
    const arma::mat a = whole_numbers(rows, columns);
    const arma::vec x = whole_numbers(columns, 1);
    const arma::vec y = whole_numbers(rows, 1);
    if (!same(a * x, product_by_loops(a, x))) return shape(a) + " * " + shape(x);
    if (!same(a.t() * y, product_by_loops(arma::trans(a), y))) return shape(a) + "' * " + shape(y);
    return "";
}

// The solution is known, and the matrix is random and tall, so that its condition is below 10: rounding leaves a part
// of 1e-13. What computes in single precision misses by 1e-7, and what is wrong by more.
std::string wrong_least_squares(arma::uword rows, arma::uword columns) {
    const arma::mat a = whole_numbers(rows, columns);
    const arma::mat known(columns, 3, arma::fill::randu);
    arma::mat found;
    const bool is_right = arma::solve(found, a, product_by_loops(a, known)) && arma::size(found) == arma::size(known) &&
                          arma::abs(found - known).max() < 1e-10;
    return is_right ? "" : "solve " + shape(a);
}

// The first computation with wrong numbers; empty when all are right.
std::string wrong_numbers() {
    const arma::uvec odd{1, 3, 7, 17, 65, 129};
    std::string wrong;
    const auto note = [&wrong](const std::string& found) {
        if (wrong.empty()) wrong = found;
    };
    for (const auto& [rows, columns, inner] : {std::array{10, 64, 784}, {784, 10, 64}, {784, 64, 10}})
        note(wrong_product(rows, columns, inner));
    note(wrong_vector_product(784, 10));
    note(wrong_vector_product(784, 64));
    note(wrong_vector_product(10, 64));
    // With this third size each two sizes meet in each two places, in 36 products instead of 216.
    for (arma::uword i = 0; i < odd.n_elem; ++i)
        for (arma::uword j = 0; j < odd.n_elem; ++j) {
            note(wrong_product(odd(i), odd(j), odd((i + j) % odd.n_elem)));
            note(wrong_vector_product(odd(i), odd(j)));
        }
    note(wrong_least_squares(65, 7));
    note(wrong_least_squares(129, 65));
    return wrong;
}

// --- how fast, and what is it?
// -----------------------------------------------------------------------------------------

// The CPU time of the two products of a batch of 64 images; the least of many, since noise only ever adds.
double seconds_per_batch() {
    const arma::mat images(784, 64, arma::fill::randu);
    const arma::mat W(784, 10, arma::fill::randu);
    double least = 1e9;
    double sink = 0;
    const double start = cpu_seconds();
    for (int i = 0; i < 400 && cpu_seconds() - start < 0.06; ++i) {
        const double before = cpu_seconds();
        const arma::mat logits = W.t() * images;
        const arma::mat gradient = images * logits.t();
        least = std::min(least, cpu_seconds() - before);
        sink += gradient(0);
    }
    return sink > 0 ? least : 1e9;
}

std::string library_of(const char* function) {
    Dl_info info{};
    void* address = ::dlsym(RTLD_DEFAULT, function);
    return address != nullptr && ::dladdr(address, &info) != 0 ? info.dli_fname : "";
}

// OpenBLAS says by itself what it is; another library is known by the file that dgemm comes from. OpenBLAS may be here
// for LAPACK only: what it says counts where dgemm lies beside it.
std::string openblas_says(const char* function) {
    using Ask = const char* (*)();
    const auto folder = [](const char* of) { return std::filesystem::weakly_canonical(library_of(of)).parent_path(); };
    const auto ask = reinterpret_cast<Ask>(::dlsym(RTLD_DEFAULT, function));
    return ask == nullptr || folder(function) != folder("dgemm_") ? "" : ask();
}

}  // namespace

int main() {
    const std::string wrong = wrong_numbers();
    const double seconds = seconds_per_batch();
    std::printf("armadillo %s\n", arma::arma_version::as_string().c_str());
    std::printf("file %s\n", library_of("dgemm_").c_str());
    std::printf("config %s\n", openblas_says("openblas_get_config").c_str());
    std::printf("core %s\n", openblas_says("openblas_get_corename").c_str());
    std::printf("wrong %s\n", wrong.c_str());
    std::printf("seconds_per_batch %.9g\n", seconds);
}
