// The loop version: what the students start from and what the grader compares them with, in results and in time.
// It is plain on purpose, one image, one class, one pixel at a time; do not optimise it, the speedup is measured on it.
// [[gnu::noinline]] keeps every function visible to a profiler. The loops over pixels use at(), which checks no
// bounds: with checks they take 1.4 times as long, and that speedup would not be the students' merit.
#include "softmax_reg.hpp"

#include <cmath>

namespace loops {

[[gnu::noinline]] arma::vec linear(const arma::vec& image, const Model& model) {
    arma::vec logits(model.b.n_elem);
    for (arma::uword k = 0; k < logits.n_elem; ++k) {
        double sum = model.b(k);
        for (arma::uword d = 0; d < image.n_elem; ++d)
            sum += model.W.at(d, k) * image.at(d);
        logits(k) = sum;
    }
    return logits;
}

[[gnu::noinline]] arma::vec softmax(const arma::vec& logits) {
    double largest = logits(0);  // subtracted from every logit, so that exp never overflows
    for (arma::uword k = 1; k < logits.n_elem; ++k) {
        if (logits(k) > largest) largest = logits(k);
    }
    arma::vec probs(logits.n_elem);
    double sum = 0.0;
    for (arma::uword k = 0; k < logits.n_elem; ++k) {
        probs(k) = std::exp(logits(k) - largest);
        sum += probs(k);
    }
    for (arma::uword k = 0; k < probs.n_elem; ++k)
        probs(k) /= sum;
    return probs;
}

[[gnu::noinline]] double cross_entropy_loss(const arma::vec& probs, arma::uword label) {
    return -std::log(probs(label));
}

[[gnu::noinline]] void gradient(const arma::vec& image, const arma::vec& probs, arma::uword label, Gradients& sum) {
    for (arma::uword k = 0; k < probs.n_elem; ++k) {
        const double error = probs(k) - (k == label ? 1.0 : 0.0);
        for (arma::uword d = 0; d < image.n_elem; ++d)
            sum.W.at(d, k) += error * image.at(d);
        sum.b(k) += error;
    }
}

[[gnu::noinline]] double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W,
                                  const arma::vec& b) {
    const Model model{W, b};
    arma::uword n_right = 0;
    for (arma::uword i = 0; i < images.n_cols; ++i) {
        const arma::vec logits = linear(images.unsafe_col(i), model);
        arma::uword predicted = 0;
        for (arma::uword k = 1; k < logits.n_elem; ++k) {
            if (logits(k) > logits(predicted)) predicted = k;
        }
        if (predicted == labels(i)) ++n_right;
    }
    return static_cast<double>(n_right) / static_cast<double>(images.n_cols);
}

[[gnu::noinline]] double mean_loss(const Dataset& data, const Model& model) {
    double loss = 0.0;
    for (arma::uword i = 0; i < data.images.n_cols; ++i) {
        const arma::vec probs = softmax(linear(data.images.unsafe_col(i), model));
        loss += cross_entropy_loss(probs, data.labels(i));
    }
    return loss / static_cast<double>(data.images.n_cols);
}

[[gnu::noinline]] double train_sgd(const Dataset& train, const Hyperparameters& hp, Model& model) {
    double loss = 0.0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const arma::uword m = batch.images.n_cols;
        Gradients sum{arma::zeros(arma::size(model.W)), arma::zeros(arma::size(model.b))};
        for (arma::uword i = 0; i < m; ++i) {
            const arma::vec image = batch.images.unsafe_col(i);
            const arma::vec probs = softmax(linear(image, model));
            loss += cross_entropy_loss(probs, batch.labels(i));
            gradient(image, probs, batch.labels(i), sum);
        }
        model.W -= hp.learning_rate * sum.W / static_cast<double>(m);
        model.b -= hp.learning_rate * sum.b / static_cast<double>(m);
    }
    return loss / static_cast<double>(train.images.n_cols);
}

}  // namespace loops
