// case: a vector of as many elements as epochs, and push_back
// fails: history
// hints: declare it empty
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history(hp.epochs);
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch) {
        const double train_loss = loops::train_sgd(train, hp, model);
        const double valid_loss = loops::mean_loss(valid, model);
        history.push_back({train_loss, valid_loss, loops::evaluate(valid.images, valid.labels, model.W, model.b)});
    }
    return history;
}
