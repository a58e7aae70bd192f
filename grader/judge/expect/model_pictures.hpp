// What a trained model has learned, for the page to show: its templates, its confusions, its most confident mistakes.
// Called by the check of train_sgd_vec, with the model that a submission trained; judges nothing.
#ifndef GRADER_JUDGE_EXPECT_MODEL_PICTURES_HPP
#define GRADER_JUDGE_EXPECT_MODEL_PICTURES_HPP

#include <nlohmann/json.hpp>

#include "softmax_reg_vec.hpp"

// `model` must fit the images, which are those of Fashion-MNIST. Pixels travel as hexadecimal bytes, row by row:
// "templates" are the columns of W, where 80 is zero and 01 and ff are minus and plus "largest"; in the "image" of a
// mistake 00 is no ink. "confusion"[i][j] counts the images of class i that the model takes for class j.
nlohmann::json portrait(const Model& model, const Dataset& images);

#endif
