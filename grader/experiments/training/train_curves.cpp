// The program behind `make train VERSION=learning_curves` (step 2): runs the train_with_validation that is linked to it
// on Fashion-MNIST, and prints and saves the EpochStats that it returns. It trains and measures nothing by itself.
#include <cmath>
#include <cstdio>
#include <iostream>
#include <string>

#include "data/fashion_mnist.hpp"
#include "grader/experiments/training/epoch_table.hpp"
#include "grader/experiments/training/words.hpp"
#include "softmax_reg.hpp"

namespace {

using training::tr;

void refuse(const std::string& what) {
    throw std::runtime_error(
        tr("train_with_validation, in learning_curves.cpp, returned {what}. To see more, type: make "
           "grade ONLY=learning_curves",
           {{"what", what}}));
}

// What cannot be a row of the table: a loss is finite, an accuracy a fraction.
void require_figures(const std::vector<EpochStats>& history, arma::uword epochs) {
    if (history.size() != epochs)
        refuse(tr("{count} EpochStats for {epochs} epochs",
                  {{"count", std::to_string(history.size())}, {"epochs", std::to_string(epochs)}}));
    for (const EpochStats& stats : history) {
        if (!std::isfinite(stats.train_loss) || !std::isfinite(stats.valid_loss))
            refuse(tr("a loss that is not a finite number"));
        if (!(stats.valid_accuracy >= 0 && stats.valid_accuracy <= 1))
            refuse(tr("a valid_accuracy of {value}; it is a fraction, from 0 to 1",
                      {{"value", std::to_string(stats.valid_accuracy)}}));
    }
}

std::vector<EpochStats> train(const data::FashionMnist& set, const Hyperparameters& hp) {
    Model model = loops::initial_model(hp.seed, set.train.images.n_rows);
    try {
        return train_with_validation(set.train, set.valid, hp, model);
    } catch (const lab::NotImplemented&) {
        throw std::runtime_error(
            tr("learning_curves.cpp is still to do: write train_with_validation, then type the same again"));
    } catch (const std::exception& error) {
        throw std::runtime_error(tr("learning_curves.cpp fails: {error}", {{"error", error.what()}}));
    }
}

}  // namespace

int main(int argc, char** argv) try {
    const training::Options options = training::parse_options(argc, argv);
    const data::FashionMnist set = data::load();
    std::printf("%s\n", training::describe(set).c_str());
    const std::string epochs = std::to_string(options.hp.epochs);
    std::puts(
        tr("train_with_validation runs for {epochs} epochs; the table follows ...", {{"epochs", epochs}}).c_str());
    std::fflush(stdout);
    const std::vector<EpochStats> history = train(set, options.hp);
    require_figures(history, options.hp.epochs);
    training::EpochTable table(options.csv, set.valid.images.n_cols, false);
    for (const EpochStats& stats : history)
        table.add(stats);
    table.finish();
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
