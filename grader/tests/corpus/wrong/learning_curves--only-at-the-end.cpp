// case: validates at the end of the training only
// fails: history
// says: the number of epochs
#include "softmax_reg.hpp"

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    double train_loss = 0.0;
    for (arma::uword epoch = 0; epoch < hp.epochs; ++epoch)
        train_loss = loops::train_sgd(train, hp, model);
    const double accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
    return {{train_loss, loops::mean_loss(valid, model), accuracy}};
}
