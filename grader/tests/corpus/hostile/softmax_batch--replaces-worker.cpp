// case: defines functions of the worker
// says: should be
#include "softmax_reg_vec.hpp"

#include <cstddef>
#include <functional>
#include <unistd.h>
#include <vector>

namespace protocol {
bool send_frame(int, const std::vector<std::byte>&, const std::function<bool()>&) { _exit(0); }
std::vector<std::byte> receive_frame(int) { _exit(0); }
}  // namespace protocol
extern "C" void* entry_functions() { _exit(0); }

arma::mat softmax_batch(const arma::mat& logits) { return arma::mat(arma::size(logits), arma::fill::zeros); }
