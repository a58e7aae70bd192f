// case: a history that never ends
// fails: history
// says: asked for more memory than there is
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history(1);
    while (!history.empty()) history.insert(history.end(), std::size_t{1} << 22u, EpochStats{});
    return history;
}
