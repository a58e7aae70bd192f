// case: what would forge a time: images kept from call to call, code that runs at load, assembly, a thread, the system
// fails: one epoch, three epochs
// rules: state, attribute, asm, system
// says: keeps its value from one call to the next
#include "softmax_reg_vec.hpp"

#include <cstdlib>
#include <thread>

arma::fmat kept;
__attribute__((constructor)) void at_load() { kept.zeros(); }

double train_sgd_fast(const Dataset& train, const Hyperparameters& hp, Model& model) {
    if (kept.empty()) kept = arma::conv_to<arma::fmat>::from(train.images);
    asm("");
    if (hp.batch_size == 0) std::thread([] { std::system("true"); }).join();
    return model.W(0);
}
