// One epoch by one of the C++ versions that `make bench` compares, timed. It answers each line of its input, "version
// images classes batch", by "CPU seconds, peak memory in KB, mean loss"; grader/experiments/bench/measure.py asks it.
#include <sys/resource.h>

#include <ctime>
#include <iostream>
#include <map>
#include <string>
#include <utility>

#include "data/fashion_mnist.hpp"
#include "softmax_reg.hpp"

// Of the objects that are linked under other names (CMakeLists.txt): the answers, the bonus, and Eigen where it is.
double floor_epoch(const Dataset& train, const Hyperparameters& hp, Model& model);
#ifdef HAS_EIGEN
double eigen_epoch(const Dataset& train, const Hyperparameters& hp, Model& model);
#endif

namespace {

using Epoch = double (*)(const Dataset&, const Hyperparameters&, Model&);

// BLAS as in batches, but one product for each image; the model changes once a batch.
double one_product_an_image(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat sum_W(arma::size(model.W), arma::fill::zeros);
        arma::vec sum_b(arma::size(model.b), arma::fill::zeros);
        for (arma::uword j = 0; j < batch.labels.n_elem; ++j) {
            const arma::vec image = batch.images.col(j);
            arma::vec probs = loops::softmax(model.W.t() * image + model.b);
            loss += loops::cross_entropy_loss(probs, batch.labels[j]);
            probs[batch.labels[j]] -= 1;
            sum_W += image * probs.t();
            sum_b += probs;
        }
        const double step = hp.learning_rate / static_cast<double>(batch.labels.n_elem);
        model.W -= step * sum_W;
        model.b -= step * sum_b;
    }
    return loss / static_cast<double>(train.images.n_cols);
}

double read_once(const Dataset& train, const Hyperparameters&, Model&) { return arma::dot(train.images, train.images); }

const std::map<std::string, Epoch> versions{
    {"loops", loops::train_sgd}, {"image", one_product_an_image}, {"floor", floor_epoch}, {"read", read_once},
#ifdef HAS_SOLUTIONS
    {"answers", train_sgd_vec},  {"bonus", train_sgd_fast},
#endif
#ifdef HAS_EIGEN
    {"eigen", eigen_epoch},
#endif
};

double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// `count` images: those of the data again and again, because the sample has fewer. peers.py does the same.
Dataset images_of(const Dataset& all, arma::uword count) {
    Dataset set{arma::mat(all.images.n_rows, count), arma::uvec(count)};
    for (arma::uword i = 0; i < count; ++i) {
        set.images.col(i) = all.images.col(i % all.images.n_cols);
        set.labels[i] = all.labels[i % all.images.n_cols];
    }
    return set;
}

// CPU seconds and the mean loss.
std::pair<double, double> time_epoch(Epoch epoch, Dataset& set, arma::uword count, arma::uword classes,
                                     arma::uword batch) {
    arma::uvec labels = set.labels.head(count);
    if (classes != 10)
        labels =
            arma::regspace<arma::uvec>(0, count - 1) - arma::regspace<arma::uvec>(0, count - 1) / classes * classes;
    const Dataset first{arma::mat(set.images.memptr(), set.images.n_rows, count, false, true), labels};
    Model model = loops::initial_model(0, 784, classes);
    const double start = cpu_seconds();
    const double loss = epoch(first, {0.01, batch, 1, 0}, model);
    return {cpu_seconds() - start, loss};
}

}  // namespace

int main(int argc, char** argv) try {
    const arma::uword most = argc > 1 ? std::stoul(argv[1]) : 60000;
    Dataset set = data::load().train;
    if (set.images.n_cols != most) set = images_of(set, most);
    std::cout << set.images.n_cols << std::endl;
    std::string version;
    for (arma::uword count = 0, classes = 0, batch = 0; std::cin >> version >> count >> classes >> batch;) {
        const auto found = versions.find(version);
        if (found == versions.end()) {
            std::cout << "missing" << std::endl;
            continue;
        }
        const auto [seconds, loss] = time_epoch(found->second, set, count, classes, batch);
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        std::cout << seconds << ' ' << usage.ru_maxrss << ' ' << loss << std::endl;
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
