// case: room for a history that never ends
// fails: history
// says: asked for more memory than there is
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history(1);
    // Room alone: where page faults are slow, to write to 2 GiB takes longer than a call may.
    for (std::size_t room = std::size_t{1} << 22u; !history.empty(); room *= 2)
        history.reserve(room);
    return history;
}
