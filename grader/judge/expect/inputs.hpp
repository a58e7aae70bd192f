// Fresh random inputs of the shapes and values that the functions of the contract meet.
#ifndef GRADER_JUDGE_EXPECT_INPUTS_HPP
#define GRADER_JUDGE_EXPECT_INPUTS_HPP

#include <armadillo>
#include <string>
#include <vector>

#include "softmax_reg_vec.hpp"

namespace inputs {

struct Shape {
    arma::uword pixels;
    arma::uword classes;
    arma::uword images;
};

// The next inputs follow from nothing that was drawn before, and from no seed of the grade: a submission that has seen
// the inputs of one timed call cannot foretell those of the next.
void draw_afresh();

// One of each kind that has its own way to go wrong, and a random one.
std::vector<Shape> shapes();

arma::uword between(arma::uword least, arma::uword most);
arma::mat images(const Shape& shape);   // D x m in [0, 1]
arma::mat logits(const Shape& shape);   // K x m, about -6 to 6
arma::mat probs(const Shape& shape);    // K x m, each column sums to 1, none is 0
arma::uvec labels(const Shape& shape);  // m in 0 .. K-1
Model model(const Shape& shape);
Dataset dataset(const Shape& shape);

}  // namespace inputs

// "(images 784 x 64, labels 64)": how messages name a call.
std::string call_text(const std::string& function,
                      const std::vector<std::pair<std::string, const arma::mat*>>& matrices,
                      const std::string& rest = "");

#endif
