// What the training programs share: their options, and the figures of each epoch on the terminal and as CSV.
// Called by train.cpp and train_curves.cpp. It computes nothing.
#ifndef EPOCH_TABLE_HPP
#define EPOCH_TABLE_HPP

#include <fstream>
#include <optional>
#include <string>

#include "data/fashion_mnist.hpp"
#include "softmax_reg_vec.hpp"

namespace training {

struct Options {
    Hyperparameters hp{0.01, 64, 10, 0};
    std::string csv;  // the file to write; none when empty
};

// Throws std::runtime_error, whose text says how to call the program.
Options parse_options(int argc, char** argv);

// One or two lines for the terminal: how many images, from where; and for the sample, how to get all of them.
std::string describe(const data::FashionMnist& set);

// One row an epoch. The CSV takes its name only once it is whole; until then it is FILE.part.
class EpochTable {
  public:
    // Seconds of CPU time, of training. Without them, neither the table nor the CSV has a column for them.
    EpochTable(std::string csv_path, arma::uword n_valid, bool with_seconds);

    void add(const EpochStats& stats, std::optional<double> seconds = {});
    void finish();

  private:
    void open_csv(bool with_seconds);
    void check() const;
    void print_row(const EpochStats& stats, std::optional<double> seconds) const;

    std::string path_;
    std::ofstream out_;
    arma::uword n_valid_;
    arma::uword epoch_ = 0;
    EpochStats last_{};
};

}  // namespace training

#endif
