// case: validates before each epoch instead of after it
// fails: history
// says: valid_loss of epoch 1
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double valid_loss = loops::mean_loss(valid, model);
        const double accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
        history.push_back({loops::train_sgd(train, hp, model), valid_loss, accuracy});
    }
    return history;
}
