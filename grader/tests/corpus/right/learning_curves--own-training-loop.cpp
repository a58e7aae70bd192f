// case: writes the training out, on whole batches, with a progress line and a helper
#include <iostream>

#include "softmax_reg.hpp"

namespace {

arma::mat probabilities(const arma::mat& images, const Model& model) {
    arma::mat logits = model.W.t() * images;
    logits.each_col() += model.b;
    logits.each_row() -= arma::max(logits, 0);
    return arma::normalise(arma::exp(logits), 1);
}

double loss_of(const arma::mat& probs, const arma::uvec& labels) {
    double loss = 0;
    for (arma::uword j = 0; j < labels.n_elem; ++j)
        loss -= std::log(probs(labels(j), j));
    return loss;
}

double epoch(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0;
    for (const auto& batch : lab::create_batches(train, hp.batch_size)) {
        arma::mat delta = probabilities(batch.images, model);
        loss += loss_of(delta, batch.labels);
        for (arma::uword j = 0; j < batch.labels.n_elem; ++j)
            delta(batch.labels(j), j) -= 1;
        delta /= static_cast<double>(batch.labels.n_elem);
        model.W -= hp.learning_rate * batch.images * delta.t();
        model.b -= hp.learning_rate * arma::sum(delta, 1);
    }
    return loss / static_cast<double>(train.labels.n_elem);
}

}  // namespace

std::vector<EpochStats> train_with_validation(const Dataset& train, const Dataset& valid, const Hyperparameters& hp,
                                              Model& model) {
    std::vector<EpochStats> history;
    for (arma::uword e = 1; e <= hp.epochs; ++e) {
        EpochStats stats{};
        stats.train_loss = epoch(train, hp, model);
        stats.valid_loss = loss_of(probabilities(valid.images, model), valid.labels) / double(valid.labels.n_elem);
        stats.valid_accuracy = loops::evaluate(valid.images, valid.labels, model.W, model.b);
        std::cout << "epoch " << e << "/" << hp.epochs << ": " << stats.valid_accuracy << std::endl;
        history.push_back(stats);
    }
    return history;
}
