// The epoch of the answers in Eigen, written as plainly: a peer of `make bench`. It multiplies by Eigen's own kernels.
#include <Eigen/Dense>

#include "softmax_reg_vec.hpp"

double eigen_epoch(const Dataset& train, const Hyperparameters& hp, Model& model) {
    using Eigen::Index;
    const auto D = static_cast<Index>(model.W.n_rows), K = static_cast<Index>(model.W.n_cols);
    Eigen::Map<Eigen::MatrixXd> W(model.W.memptr(), D, K);
    Eigen::Map<Eigen::VectorXd> b(model.b.memptr(), K);
    double loss = 0;
    for (const lab::Batch& batch : lab::create_batches(train, hp.batch_size)) {
        const auto m = static_cast<Index>(batch.labels.n_elem);
        const Eigen::Map<const Eigen::MatrixXd> images(batch.images.memptr(), D, m);
        const double step = hp.learning_rate / static_cast<double>(m);
        // ANSWER to steps 6 and 9: a student's copy is searched for it
        Eigen::MatrixXd probs = W.transpose() * images;
        probs.colwise() += b;
        const Eigen::RowVectorXd top = probs.colwise().maxCoeff();
        probs.rowwise() -= top;
        probs = probs.array().exp().matrix();
        const Eigen::RowVectorXd sums = probs.colwise().sum();
        probs.array().rowwise() /= sums.array();
        for (Index j = 0; j < m; ++j)
            loss -= std::log(probs(static_cast<Index>(batch.labels[static_cast<arma::uword>(j)]), j)--);
        W -= step * (images * probs.transpose());
        b -= step * probs.rowwise().sum();
        // END ANSWER
    }
    return loss / static_cast<double>(train.images.n_cols);
}
