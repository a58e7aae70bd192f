// Holds what a submission returned against what is right: shape first, then finiteness, then values.
// A difference ends the item with a message that names the input, the worst element, and both values.
#ifndef GRADER_JUDGE_EXPECT_COMPARE_HPP
#define GRADER_JUDGE_EXPECT_COMPARE_HPP

#include <armadillo>
#include <string>
#include <vector>

#include "grader/judge/text.hpp"

// The one place for how far a right answer may be from the loop version: another order of summation, no more.
struct Tolerance {
    double relative = 1e-9;
    double absolute = 1e-12;
};

// What a typical mistake would have returned, and what to say to whoever made it: what it is and where to read on,
// never the answer.
struct Mistake {
    arma::mat result;
    Text hint;
};

Mistake mistake(double result, const Text& hint);  // of a function that returns a number

// What is compared, in words ("the gradient of W", "grad_batch(images 784 x 64, ...)"), and the mistakes to look for.
struct Subject {
    Text what;
    Text call;
    std::vector<Mistake> mistakes = {};
    Text hint_not_finite = {};
    Text hint_nearly_right = {};  // in place of what is said in general, where the input tells more
    bool only_mistakes = false;   // to be held against the mistakes alone: what is wrong otherwise shows elsewhere
};

void expect_equal(const arma::mat& actual, const arma::mat& expected, const Subject& subject,
                  const Tolerance& tolerance = {});
void expect_equal(double actual, double expected, const Subject& subject, const Tolerance& tolerance = {});
void expect_equal(const arma::uvec& actual, const arma::uvec& expected, const Subject& subject);

std::string shape(const arma::mat& matrix);  // "10 x 64"

#endif
