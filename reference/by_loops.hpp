// The batch functions computed by the loop version, image by image: what a submission's results are held against.
#ifndef BY_LOOPS_HPP
#define BY_LOOPS_HPP

#include "softmax_reg.hpp"

namespace by_loops {

arma::mat logits(const arma::mat& images, const Model& model);
arma::mat softmax_batch(const arma::mat& logits);
double cross_entropy_loss_batch(const arma::mat& probs, const arma::uvec& labels);
Gradients grad_batch(const arma::mat& images, const arma::mat& probs, const arma::uvec& labels);

}  // namespace by_loops

#endif
