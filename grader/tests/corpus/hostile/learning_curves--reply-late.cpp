// case: sleeps for longer than a call may take
// says: did not return in time
// waits: yes
#include "softmax_reg.hpp"

#include <unistd.h>

std::vector<EpochStats> train_with_validation(const Dataset&, const Dataset&, const Hyperparameters&, Model&) {
    sleep(45);
    return {};
}
