// The program behind `make train`: trains on Fashion-MNIST, validates after each epoch, prints and saves the figures.
// Compiled as it is, it trains the loop version; with -DTRAIN_VECTORISED, the functions of the submission linked to it.
// It must not compute anything that a submission is graded on: it only calls.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <string>

#include "data/fashion_mnist.hpp"
#include "grader/experiments/training/epoch_table.hpp"
#include "grader/experiments/training/words.hpp"
#include "softmax_reg.hpp"

namespace {

// The one switch between the versions: what trains, what validates, and what must be written before either can.
#ifdef TRAIN_VECTORISED

using training::tr;

double train_part(const Dataset& part, const Hyperparameters& hp, Model& model) {
    return train_sgd_vec(part, hp, model);
}

bool evaluate_is_written = true;  // it is step 9; training is step 7

double accuracy_on(const Dataset& set, const Model& model) {
    const auto by = evaluate_is_written ? evaluate : loops::evaluate;
    return by(set.images, set.labels, model.W, model.b);
}

double loss_on(const Dataset& set, const Model& model) {
    arma::mat logits(model.b.n_elem, set.images.n_cols);
    for (arma::uword j = 0; j < set.images.n_cols; ++j)  // an image at a time: a student's copy has this file
        logits.col(j) = model.W.t() * set.images.col(j) + model.b;
    return cross_entropy_loss_batch(softmax_batch(logits), set.labels) / static_cast<double>(set.labels.n_elem);
}

template <class Call> void require(const std::string& file, Call call) {
    try {
        call();
    } catch (const lab::NotImplemented&) {
        throw std::runtime_error(tr("{file} is still to do: write it, then type the same again", {{"file", file}}));
    } catch (const std::exception& error) {
        const std::vector<std::pair<std::string, std::string>> facts{{"file", file}, {"error", error.what()}};
        throw std::runtime_error(tr("{file} fails on a batch of one image: {error}", facts));
    }
}

// A stub does not know its own name, so each function is called once on a small input before the training.
void require_all_written() {
    const Dataset one{arma::mat(3, 1, arma::fill::ones), arma::uvec{1}};
    const arma::mat probs(2, 1, arma::fill::value(0.5));
    Model model = loops::initial_model(0, 3, 2);
    require("softmax_batch.cpp", [&] { softmax_batch(probs); });
    require("cross_entropy_loss_batch.cpp", [&] { cross_entropy_loss_batch(probs, one.labels); });
    require("grad_batch.cpp", [&] { grad_batch(one.images, probs, one.labels); });
    require("evaluate.cpp", [&] {
        try {
            evaluate(one.images, one.labels, model.W, model.b);
        } catch (const lab::NotImplemented&) {
            evaluate_is_written = false;
            std::puts(tr("evaluate.cpp is still to do (step 9): loops::evaluate counts until then.").c_str());
        }
    });
    require("train_sgd_vec.cpp", [&] { train_sgd_vec(one, Hyperparameters{0.01, 1, 1, 0}, model); });
}

#else

double train_part(const Dataset& part, const Hyperparameters& hp, Model& model) {
    return loops::train_sgd(part, hp, model);
}

double accuracy_on(const Dataset& set, const Model& model) {
    return loops::evaluate(set.images, set.labels, model.W, model.b);
}

double loss_on(const Dataset& set, const Model& model) { return loops::mean_loss(set, model); }

void require_all_written() {}

#endif

void show_progress(arma::uword epoch, double done) {
    static const bool on_terminal = isatty(STDOUT_FILENO) != 0;
    if (!on_terminal) return;
    constexpr std::size_t width = 40;  // the whole line is shorter than a row of the table, which then covers it
    const auto full = static_cast<std::size_t>(done * width);
    std::printf("\r%5s  [%s%s] %3.0f%%%s", std::to_string(epoch).c_str(), std::string(full, '#').c_str(),
                std::string(width - full, '.').c_str(), 100 * done, done < 1 ? "" : "\r");
    std::fflush(stdout);
}

// A view, not a copy, of the images first .. first + size - 1.
Dataset part_of(Dataset& set, arma::uword first, arma::uword size) {
    return {arma::mat(set.images.colptr(first), set.images.n_rows, size, false, true),
            arma::uvec(set.labels.memptr() + first, size, false, true)};
}

// One epoch in about fifty parts, to show the progress; parts of whole batches make the same updates as one call.
double train_epoch(Dataset& train, const Hyperparameters& hp, Model& model, arma::uword epoch) {
    const arma::uword n = train.images.n_cols, step = hp.batch_size * (n / hp.batch_size / 50 + 1);
    double loss = 0.0;
    for (arma::uword first = 0; first < n; first += step) {
        const arma::uword size = std::min(step, n - first);
        loss += train_part(part_of(train, first, size), hp, model) * static_cast<double>(size);
        show_progress(epoch, static_cast<double>(first + size) / static_cast<double>(n));
    }
    return loss / static_cast<double>(n);
}

void train(data::FashionMnist& set, const Hyperparameters& hp, training::EpochTable& table) {
    Model model = loops::initial_model(hp.seed, set.train.images.n_rows);
    for (arma::uword epoch = 1; epoch <= hp.epochs; ++epoch) {
        const std::clock_t start = std::clock();  // CPU time, which other programs do not lengthen
        const double train_loss = train_epoch(set.train, hp, model, epoch);
        const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
        table.add({train_loss, loss_on(set.valid, model), accuracy_on(set.valid, model)}, seconds);
    }
}

}  // namespace

int main(int argc, char** argv) try {
    const training::Options options = training::parse_options(argc, argv);
    require_all_written();
    data::FashionMnist set = data::load();
    std::printf("%s\n", training::describe(set).c_str());
    training::EpochTable table(options.csv, set.valid.images.n_cols, true);
    train(set, options.hp, table);
    table.finish();
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
