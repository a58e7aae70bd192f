// The model that every training starts from: the very numbers that NumPy draws after np.random.seed(seed).
// Called by the grader, the training program and the tests, so that C++ and NumPy can be compared epoch by epoch.
#include "softmax_reg.hpp"

#include <cmath>
#include <random>

namespace loops {
namespace {

// What np.random.randn draws from: Marsaglia's polar method on NumPy's own generator, which is std::mt19937.
// std::normal_distribution will not do: each standard library may have its own method.
class NumpyNormal {
  public:
    explicit NumpyNormal(unsigned seed) : bits_(seed) {}

    double operator()() {
        if (has_spare_) {
            has_spare_ = false;
            return spare_;
        }
        double x1 = 0.0, x2 = 0.0, r2 = 0.0;
        do {
            x1 = 2.0 * uniform() - 1.0;
            x2 = 2.0 * uniform() - 1.0;
            r2 = x1 * x1 + x2 * x2;
        } while (r2 >= 1.0 || r2 == 0.0);
        const double factor = std::sqrt(-2.0 * std::log(r2) / r2);
        spare_ = factor * x1;
        has_spare_ = true;
        return factor * x2;
    }

  private:
    // 53 bits in [0, 1): the upper 27 bits of one draw, then the upper 26 bits of the next.
    double uniform() {
        const auto high = static_cast<double>(bits_() >> 5), low = static_cast<double>(bits_() >> 6);
        return (high * 67108864.0 + low) / 9007199254740992.0;  // (high * 2^26 + low) / 2^53
    }

    std::mt19937 bits_;
    double spare_ = 0.0;
    bool has_spare_ = false;
};

}  // namespace

[[gnu::noinline]] Model initial_model(unsigned seed, arma::uword n_pixels, arma::uword n_classes) {
    NumpyNormal normal(seed);
    Model model{arma::mat(n_pixels, n_classes), arma::vec(n_classes, arma::fill::zeros)};
    for (arma::uword d = 0; d < n_pixels; ++d) {  // NumPy fills row by row, Armadillo stores column by column
        for (arma::uword k = 0; k < n_classes; ++k)
            model.W(d, k) = normal() * 0.01;
    }
    return model;
}

}  // namespace loops
