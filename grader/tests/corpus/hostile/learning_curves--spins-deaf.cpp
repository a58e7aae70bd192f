// case: hears no signal any more, and never returns
// says: did not return in time
#include "softmax_reg.hpp"

#include <csignal>

std::vector<EpochStats> train_with_validation(const Dataset&, const Dataset&, const Hyperparameters&, Model&) {
    for (int signal = 1; signal < 65; ++signal)
        std::signal(signal, SIG_IGN);
    // Some minutes, so that a grader that does not end it is not held up for ever.
    for (volatile unsigned long long i = 0; i < 200'000'000'000; i = i + 1) {
    }
    return {};
}
