// case: asks for 4 GB in pieces and writes to each; to all of it would take long on a busy machine
// says: more memory than there is
#include "softmax_reg_vec.hpp"

#include <memory>
#include <vector>

arma::mat softmax_batch(const arma::mat& logits) {
    std::vector<std::unique_ptr<char[]>> pieces;
    while (pieces.size() < 64) {
        pieces.emplace_back(new char[64u << 20u]);
        pieces.back()[0] = 'x';
    }
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
