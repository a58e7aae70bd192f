// The five steps of the bonus exercise (step 10), each upon those before it, for `make ablation`. A student's copy has
// none of this.
#ifndef GRADER_EXPERIMENTS_ABLATION_STEPS_HPP
#define GRADER_EXPERIMENTS_ABLATION_STEPS_HPP

#include "softmax_reg_vec.hpp"

// One epoch with the first `steps` (1 to 5) of them, in double, for D = 784. Updates `model`; returns the mean loss.
double epoch_in_steps(const Dataset& train, const Hyperparameters& hp, Model& model, int steps);

#endif
