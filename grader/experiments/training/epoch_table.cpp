// Options, table and CSV of the training programs; see epoch_table.hpp.
#include "grader/experiments/training/epoch_table.hpp"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>

namespace training {
namespace {

template <class Number> Number parse(const std::string& option, const std::string& text, Number smallest) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && number >= smallest) return number;
    throw std::runtime_error(option + " " + text + ": expected a whole number, from " + std::to_string(smallest) +
                             " to " + std::to_string(std::numeric_limits<Number>::max()));
}

}  // namespace

Options parse_options(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string option = argv[i], value = i + 1 < argc ? argv[i + 1] : "";
        if (option == "--epochs")
            options.hp.epochs = parse<arma::uword>(option, value, 1);
        else if (option == "--seed")
            options.hp.seed = parse<unsigned>(option, value, 0);
        else if (option == "--csv" && !value.empty())
            options.csv = value;
        else
            throw std::runtime_error("usage: train [--epochs N] [--seed N] [--csv FILE]");
    }
    return options;
}

EpochTable::EpochTable(std::string csv_path, arma::uword n_valid, bool with_seconds)
    : path_(std::move(csv_path)), n_valid_(n_valid) {
    if (!path_.empty()) open_csv(with_seconds);
    std::printf("epoch  train loss  valid loss  accuracy         right%s\n", with_seconds ? "  seconds" : "");
    std::fflush(stdout);
}

void EpochTable::open_csv(bool with_seconds) {
    std::error_code ignored;  // if there is no folder, the file cannot be opened either
    std::filesystem::create_directories(std::filesystem::path(path_).parent_path(), ignored);
    out_.open(path_ + ".part");
    out_.precision(17);
    out_ << "epoch,train_loss,valid_loss,valid_accuracy" << (with_seconds ? ",seconds" : "") << '\n';
    check();
}

void EpochTable::add(const EpochStats& stats, std::optional<double> seconds) {
    ++epoch_;
    last_ = stats;
    print_row(stats, seconds);
    out_ << epoch_ << ',' << stats.train_loss << ',' << stats.valid_loss << ',' << stats.valid_accuracy;
    if (seconds) out_ << ',' << *seconds;
    out_ << std::endl;
}

void EpochTable::finish() {
    std::printf("Validation accuracy after epoch %s: %.2f%%\n", std::to_string(epoch_).c_str(),
                100 * last_.valid_accuracy);
    if (path_.empty()) return;
    out_.close();
    check();
    std::filesystem::rename(path_ + ".part", path_);
    std::printf("The figures of each epoch are in %s\n", path_.c_str());
}

void EpochTable::check() const {
    if (!out_) throw std::runtime_error(path_ + ": cannot be written; choose another file with --csv FILE");
}

void EpochTable::print_row(const EpochStats& stats, std::optional<double> seconds) const {
    const auto n_right = std::llround(stats.valid_accuracy * static_cast<double>(n_valid_));
    const std::string right = std::to_string(n_right) + "/" + std::to_string(n_valid_);
    std::printf("%5s  %10.6f  %10.6f  %7.2f%%  %12s", std::to_string(epoch_).c_str(), stats.train_loss,
                stats.valid_loss, 100 * stats.valid_accuracy, right.c_str());
    if (seconds) std::printf("  %7.3f", *seconds);
    std::puts("");
    std::fflush(stdout);
}

}  // namespace training
