// Crops of matrices as JSON; see matrix_excerpt.hpp.
#include "grader/judge/expect/matrix_excerpt.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

namespace {

constexpr arma::uword most = 24;  // rows and columns of a crop

struct Window {
    arma::uword first_row, first_column, rows, columns;
};

// Where at most `most` neighbours begin that lie around `middle`, all of them below `size`.
arma::uword first_around(arma::uword middle, arma::uword size) {
    const arma::uword start = middle < most / 2 ? 0 : middle - most / 2;
    return size <= most ? 0 : std::min(start, size - most);
}

Window window_around(const arma::mat& matrix, arma::uword row, arma::uword column) {
    return {first_around(row, matrix.n_rows), first_around(column, matrix.n_cols), std::min(most, matrix.n_rows),
            std::min(most, matrix.n_cols)};
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", std::isnan(value) ? std::abs(value) : value);  // no "-nan"
    return text;
}

nlohmann::json values_of(const arma::mat& matrix, const Window& window) {
    nlohmann::json rows = nlohmann::json::array();
    for (arma::uword i = 0; i < window.rows; ++i) {
        std::string row;
        for (arma::uword j = 0; j < window.columns; ++j)
            row += (j == 0 ? "" : " ") + number(matrix(window.first_row + i, window.first_column + j));
        rows.push_back(row);
    }
    return {{"rows", matrix.n_rows},
            {"columns", matrix.n_cols},
            {"first_row", window.first_row},
            {"first_column", window.first_column},
            {"values", rows}};
}

}  // namespace

nlohmann::json crop(const arma::mat& actual, const arma::mat& expected, arma::uword worst,
                    const std::function<bool(arma::uword)>& is_wrong) {
    const arma::uword row = worst % expected.n_rows;
    const arma::uword column = worst / expected.n_rows;
    const Window window = window_around(expected, row, column);
    nlohmann::json wrong = nlohmann::json::array();
    for (arma::uword i = 0; i < window.rows; ++i) {
        std::string marks;
        for (arma::uword j = 0; j < window.columns; ++j)
            marks += is_wrong(window.first_row + i + (window.first_column + j) * expected.n_rows) ? 'x' : '.';
        wrong.push_back(marks);
    }
    return {{"expected", values_of(expected, window)},
            {"actual", values_of(actual, window)},
            {"wrong", wrong},
            {"worst", {row, column}}};
}

nlohmann::json crop(const arma::mat& actual, const arma::mat& expected) {
    return {{"expected", values_of(expected, window_around(expected, 0, 0))},
            {"actual", values_of(actual, window_around(actual, 0, 0))}};
}
