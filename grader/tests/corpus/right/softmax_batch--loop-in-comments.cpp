// case: the words for and while in comments and texts
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    // for (each column) while (true) do goto: the loop version did this in a for loop.
    const std::string note = "for (;;) {}; while (1); goto end;";
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs.n_elem == note.size() ? probs : probs;
}
