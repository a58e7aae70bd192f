// One epoch of the lab in many ways, timed: the program behind `make ablation`, which CMakeLists.txt compiles in
// several ways and grader/experiments/ablation/measure.py runs. It answers each line of its input, such as "batches
// 64", by a line "CPU seconds, wall seconds, amount". It is no model to write from: nothing here is a function of the
// contract.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <iostream>
#include <string>

#include "data/fashion_mnist.hpp"
#include "softmax_reg.hpp"
#ifdef HAS_STEPS  // a student's copy has none
#include "grader/experiments/ablation/steps.hpp"
#endif

namespace {

const Hyperparameters hp{0.01, 64, 1, 0};

template <class T> struct Weights {
    Weights() {
        const Model model = loops::initial_model(hp.seed);
        W = arma::conv_to<arma::Mat<T>>::from(model.W);
        b = arma::conv_to<arma::Col<T>>::from(model.b);
    }
    // One step of gradient descent with the gradients of m images, summed.
    void step(const arma::Mat<T>& sum_W, arma::Col<T>& sum_b, arma::uword m) {
        const T rate = static_cast<T>(hp.learning_rate / static_cast<double>(m));
        W -= rate * sum_W;
        b -= rate * sum_b;
        sum_b.zeros();
    }
    arma::Mat<T> W;
    arma::Col<T> b;
};

// Turns the logits of one image, `stride` apart in memory, into what each class is wrong by; returns the loss.
template <class T>
double to_errors(T* logit, arma::uword stride, arma::uword label, const arma::Col<T>& b, arma::Col<T>& sum_b) {
    const arma::uword K = b.n_elem;
    T largest = logit[0] + b[0], sum = 0;
    for (arma::uword k = 0; k < K; ++k)
        largest = std::max(largest, logit[k * stride] += b[k]);
    for (arma::uword k = 0; k < K; ++k)
        sum += logit[k * stride] = std::exp(logit[k * stride] - largest);
    for (arma::uword k = 0; k < K; ++k)
        logit[k * stride] /= sum;
    const double loss = -std::log(static_cast<double>(logit[label * stride]));
    logit[label * stride] -= 1;
    for (arma::uword k = 0; k < K; ++k)
        sum_b[k] += logit[k * stride];
    return loss;
}

template <class T> arma::Mat<T> view(const arma::Mat<T>& images, arma::uword first, arma::uword size) {
    return arma::Mat<T>(const_cast<T*>(images.colptr(first)), images.n_rows, size, false, true);
}

// An image a column: a batch is a run of memory, and two products.
template <class T> double batches(const arma::Mat<T>& all, const arma::uvec& labels, arma::uword size) {
    Weights<T> model;
    arma::Col<T> sum_b(model.b.n_elem, arma::fill::zeros);
    double loss = 0;
    for (arma::uword first = 0; first < all.n_cols; first += size) {
        const arma::uword m = std::min(size, all.n_cols - first);
        const arma::Mat<T> images = view(all, first, m);
        arma::Mat<T> product = model.W.t() * images;
        for (arma::uword j = 0; j < m; ++j)
            loss += to_errors(product.colptr(j), 1, labels[first + j], model.b, sum_b);
        const arma::Mat<T> sum_W = images * product.t();
        model.step(sum_W, sum_b, m);
    }
    return loss;
}

// An image a row: a batch is gathered from as many places as there are pixels.
double rows(const arma::mat& all, const arma::uvec& labels, arma::uword size) {
    Weights<double> model;
    arma::vec sum_b(model.b.n_elem, arma::fill::zeros);
    double loss = 0;
    for (arma::uword first = 0; first < all.n_rows; first += size) {
        const arma::uword m = std::min(size, all.n_rows - first);
        const arma::mat images = all.rows(first, first + m - 1);
        arma::mat product = images * model.W;
        for (arma::uword j = 0; j < m; ++j)
            loss += to_errors(product.memptr() + j, m, labels[first + j], model.b, sum_b);
        const arma::mat sum_W = images.t() * product;
        model.step(sum_W, sum_b, m);
    }
    return loss;
}

// Products of BLAS as in batches(), but for one image each; the model changes after `size` of them.
double images_one_by_one(const arma::mat& all, const arma::uvec& labels, arma::uword size) {
    Weights<double> model;
    arma::vec sum_b(model.b.n_elem, arma::fill::zeros);
    double loss = 0;
    for (arma::uword first = 0; first < all.n_cols; first += size) {
        const arma::uword m = std::min(size, all.n_cols - first);
        arma::mat sum_W(arma::size(model.W), arma::fill::zeros);
        for (arma::uword i = first; i < first + m; ++i) {
            const arma::mat image = view(all, i, 1);
            arma::mat product = model.W.t() * image;
            loss += to_errors(product.memptr(), 1, labels[i], model.b, sum_b);
            sum_W += image * product.t();
        }
        model.step(sum_W, sum_b, m);
    }
    return loss;
}

struct Clock {
    double cpu = static_cast<double>(now().tv_sec) + 1e-9 * static_cast<double>(now().tv_nsec);
    std::chrono::steady_clock::time_point wall = std::chrono::steady_clock::now();
    static timespec now() {
        timespec time{};
        ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        return time;
    }
};

// Answers with the time that `work` took and the amount that it returned.
template <class Work> void time_and_answer(Work work) {
    const Clock before;
    const double amount = work();
    const Clock after;
    std::cout << after.cpu - before.cpu << ' ' << std::chrono::duration<double>(after.wall - before.wall).count() << ' '
              << amount << std::endl;
}

void answer(const Dataset& set, const std::string& what, arma::uword size) {
    if (what == "loops") {
        Model model = loops::initial_model(hp.seed);
        const auto n = static_cast<double>(set.labels.n_elem);
        time_and_answer([&] { return n * loops::train_sgd(set, {hp.learning_rate, size, 1, 0}, model); });
#ifdef HAS_STEPS
    } else if (what.rfind("step", 0) == 0) {
        Model model = loops::initial_model(hp.seed);
        const auto n = static_cast<double>(set.labels.n_elem);
        time_and_answer([&] { return n * epoch_in_steps(set, {hp.learning_rate, size, 1, 0}, model, what[4] - '0'); });
#endif
    } else if (what == "batches") {
        time_and_answer([&] { return batches(set.images, set.labels, size); });
    } else if (what == "images") {
        time_and_answer([&] { return images_one_by_one(set.images, set.labels, size); });
    } else if (what == "rows") {
        const arma::mat transposed = set.images.t();
        time_and_answer([&] { return rows(transposed, set.labels, size); });
    } else if (what == "float") {
        const arma::fmat images = arma::conv_to<arma::fmat>::from(set.images);
        time_and_answer([&] { return batches(images, set.labels, size); });
    } else if (what == "read") {  // `size` bytes, again and again; the amount is all that was read
        const arma::vec x(size / 16, arma::fill::ones), y(size / 16, arma::fill::ones);
        const arma::uword passes = std::max<arma::uword>(1, (arma::uword{1} << 28) / size);
        double sum = 0;
        time_and_answer([&] {
            for (arma::uword i = 0; i < passes; ++i)
                sum += arma::dot(x, y);
            return sum * 16;
        });
    } else if (what == "peak") {  // one large product; the amount is the number of operations
        const arma::mat A(size, size, arma::fill::ones), B(size, size, arma::fill::ones);
        time_and_answer([&] {
            const arma::mat C = A * B;
            return 2 * C(0) * static_cast<double>(size) * static_cast<double>(size);
        });
    } else {
        throw std::runtime_error(what + ": no such request");
    }
}

}  // namespace

int main(int argc, char** argv) try {
    const arma::uword wanted = argc > 1 ? std::stoul(argv[1]) : 6000;
    Dataset set = data::load_sample().train;
    const arma::uword n = std::min(wanted, set.images.n_cols);
    set.images.resize(set.images.n_rows, n);
    set.labels.resize(n);
    std::cout.precision(17);
    std::cout << n << std::endl;
    std::string what;
    for (arma::uword size = 0; std::cin >> what >> size;)
        answer(set, what, size);
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
