// case: stops its own process
// says: did not return in time
// waits: yes
#include "softmax_reg.hpp"

#include <csignal>

std::vector<EpochStats> train_with_validation(const Dataset&, const Dataset&, const Hyperparameters&, Model&) {
    raise(SIGSTOP);
    return {};
}
