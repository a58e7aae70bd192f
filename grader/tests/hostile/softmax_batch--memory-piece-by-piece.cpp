// case: asks for 4 GB in pieces and touches them all
// says: more memory than there is
#include "softmax_reg_vec.hpp"

#include <vector>

arma::mat softmax_batch(const arma::mat& logits) {
    std::vector<std::vector<char>> pieces;
    while (pieces.size() < 64)
        pieces.emplace_back(64u << 20u, 'x');
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
