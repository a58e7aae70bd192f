// case: crashes into a handler that starts again
// says: did not return in time
#include "softmax_reg.hpp"

#include <csignal>

static volatile int* nowhere = nullptr;

std::vector<EpochStats> train_with_validation(const Dataset&, const Dataset&, const Hyperparameters&, Model&) {
    std::signal(SIGSEGV, [](int) {});
    *nowhere = 1;
    return {};
}
