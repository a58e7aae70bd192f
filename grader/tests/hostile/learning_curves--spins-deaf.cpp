// case: hears no signal any more, and never returns
// says: did not return in time
#include "softmax_reg.hpp"

#include <csignal>

std::vector<EpochStats> train_with_validation(const Dataset&, const Dataset&, const Hyperparameters&, Model&) {
    for (int signal = 1; signal < 65; ++signal)
        std::signal(signal, SIG_IGN);
    for (volatile int i = 0;; i = i + 1)
        if (i < 0) break;
    return {};
}
