// Options, table and CSV of the training programs; see epoch_table.hpp.
#include "grader/experiments/training/epoch_table.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "grader/experiments/training/words.hpp"

namespace training {
namespace {

template <class Number> Number parse(const std::string& option, const std::string& text, Number smallest) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size() && number >= smallest) return number;
    throw std::runtime_error(tr("{option}: expected a whole number, from {least} to {most}",
                                {{"option", option + " " + text},
                                 {"least", std::to_string(smallest)},
                                 {"most", std::to_string(std::numeric_limits<Number>::max())}}));
}

// The columns of the table, each as wide as the wider of its heading and its figures.
struct Column {
    std::string heading;
    std::size_t least;
    std::size_t width() const { return std::max(least, training::width(heading)); }
};

std::vector<Column> columns() {
    return {{tr("epoch"), 5},    {tr("train loss"), 10}, {tr("valid loss"), 10},
            {tr("accuracy"), 8}, {tr("right"), 12},      {tr("seconds"), 7}};
}

void print_line(const std::vector<std::string>& cells) {
    const std::vector<Column> of = columns();
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i)
        line += (i == 0 ? "" : "  ") + right_aligned(cells[i], of[i].width());
    std::puts(line.c_str());
    std::fflush(stdout);
}

std::string with_digits(double value, int digits) {
    char text[400];  // the sign of a NaN says nothing
    std::snprintf(text, sizeof text, "%.*f", digits, std::isnan(value) ? std::abs(value) : value);
    return text;
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
            throw std::runtime_error(
                tr("usage: {options}", {{"options", "train [--epochs N] [--seed N] [--csv FILE]"}}));
    }
    return options;
}

std::string describe(const data::FashionMnist& set) {
    const std::vector<std::pair<std::string, std::string>> facts{{"train", std::to_string(set.train.labels.n_elem)},
                                                                 {"valid", std::to_string(set.valid.labels.n_elem)},
                                                                 {"folder", set.folder.string()}};
    if (!set.is_sample)
        return tr("Fashion-MNIST: {train} images to train on, {valid} to validate, from {folder}", facts);
    return tr(
        "Only the sample of Fashion-MNIST is here: {train} images to train on,\n{valid} to validate. To get all of "
        "it: make data",
        facts);
}

EpochTable::EpochTable(std::string csv_path, arma::uword n_valid, bool with_seconds)
    : path_(std::move(csv_path)), n_valid_(n_valid) {
    if (!path_.empty()) open_csv(with_seconds);
    std::vector<std::string> headings;
    for (const Column& column : columns())
        headings.push_back(column.heading);
    if (!with_seconds) headings.pop_back();
    print_line(headings);
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
    const std::string accuracy = with_digits(100 * last_.valid_accuracy, 2);
    const std::string says = tr("Validation accuracy after epoch {epoch}: {accuracy}%",
                                {{"epoch", std::to_string(epoch_)}, {"accuracy", accuracy}});
    std::puts(says.c_str());
    if (path_.empty()) return;
    out_.close();
    check();
    std::filesystem::rename(path_ + ".part", path_);
    std::puts(tr("The figures of each epoch are in {file}", {{"file", path_}}).c_str());
}

void EpochTable::check() const {
    if (out_) return;
    throw std::runtime_error(tr("{file}: cannot be written; choose another file with --csv FILE", {{"file", path_}}));
}

void EpochTable::print_row(const EpochStats& stats, std::optional<double> seconds) const {
    const auto n_right = std::llround(stats.valid_accuracy * static_cast<double>(n_valid_));
    std::vector<std::string> cells{std::to_string(epoch_), with_digits(stats.train_loss, 6),
                                   with_digits(stats.valid_loss, 6), with_digits(100 * stats.valid_accuracy, 2) + "%",
                                   std::to_string(n_right) + "/" + std::to_string(n_valid_)};
    if (seconds) cells.push_back(with_digits(*seconds, 3));
    print_line(cells);
}

}  // namespace training
