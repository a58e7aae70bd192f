// The one definition of what the arithmetic of a timed call counts as. judge/speed/peak.cpp says by it how fast the
// arithmetic was, and the worker's arithmetic_floor.cpp makes as many multiply-adds.
//
// In words: the product of a K x D and a D x m matrix takes K * D * m multiply-adds, and each is two operations. An
// epoch takes two such products for each batch, W.t() * X and X * delta.t(), and an evaluation takes one for all
// images. What is done to K x m numbers (exp, log, sums, divisions) is not counted: it is a hundredth of that.
#ifndef GRADER_PROTOCOL_OPERATIONS_HPP
#define GRADER_PROTOCOL_OPERATIONS_HPP

namespace operations {

constexpr double products_of_epoch = 2, products_of_evaluation = 1;

// Of `products` that go through so many pixels, D * m, of all images together; K = classes.
constexpr double multiply_adds(double products, double pixels, double classes) { return products * pixels * classes; }

}  // namespace operations

#endif
