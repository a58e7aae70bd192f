// case: looks for the functions of the worker to call them
// says: should be
#include "softmax_reg_vec.hpp"

#include <dlfcn.h>

static void call(const char* name) {
    const auto found = reinterpret_cast<void (*)()>(dlsym(RTLD_DEFAULT, name));
    if (found != nullptr) found();
}

arma::mat softmax_batch(const arma::mat& logits) {
    call("_ZN8protocol10send_helloEi");
    call("_Z7confinev");
    call("main");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
