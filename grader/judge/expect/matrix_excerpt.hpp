// The part of two matrices that differ around their worst element, small enough to travel in report.json: the page
// draws it. Called by compare.cpp; judges nothing.
#ifndef GRADER_JUDGE_EXPECT_MATRIX_EXCERPT_HPP
#define GRADER_JUDGE_EXPECT_MATRIX_EXCERPT_HPP

#include <armadillo>
#include <functional>
#include <nlohmann/json.hpp>

// Of two matrices of one shape: {"expected", "actual", "wrong", "worst": [row, column]}. Each of the first two is
// {"rows", "columns": of the whole, "first_row", "first_column": of the crop, "values": a text for each row}, which
// NumPy's loadtxt reads; "wrong" holds a text of "x" and "." for each row of the crop. Rows and columns count from 0.
nlohmann::json crop(const arma::mat& actual, const arma::mat& expected, arma::uword worst,
                    const std::function<bool(arma::uword)>& is_wrong);

// Of two matrices of different shapes, the upper left corners: no "wrong" and no "worst".
nlohmann::json crop(const arma::mat& actual, const arma::mat& expected);

#endif
