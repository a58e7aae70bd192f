// case: comments in French
#include "softmax_reg_vec.hpp"

arma::mat softmax_batch(const arma::mat& logits) {
    // On soustrait le maximum de chaque colonne : « exp » ne déborde plus, même à ±10⁴.
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));  /* à vérifier : où est la somme ? */
    probs.each_row() /= arma::sum(probs, 0);  // chaque colonne a maintenant la somme 1, voilà
    return probs;
}
