// Epochs of the BLAS floor on the data of `make train`: prints the CPU seconds of each, one a line. For `make compare`.
#include <ctime>
#include <iostream>
#include <string>

#include "data/fashion_mnist.hpp"
#include "softmax_reg.hpp"

int main(int argc, char** argv) try {
    const Dataset train = data::load().train;
    const Hyperparameters hp{0.01, 64, 1, 0};
    Model model = loops::initial_model(hp.seed, train.images.n_rows);
    for (unsigned long left = argc > 1 ? std::stoul(argv[1]) : 1; left != 0; --left) {
        const std::clock_t start = std::clock();
        train_sgd_vec(train, hp, model);
        std::cout << static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC << std::endl;
    }
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
