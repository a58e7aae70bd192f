// The entry object: loaded last by a worker, it says where the functions of the objects before it are.
// Its references are weak, so that a function which nobody defines is a null pointer and costs no other function.
#include "grader/worker/functions.hpp"

#define LAB_WEAK(name) extern decltype(::name) name __attribute__((weak));
LAB_FUNCTIONS(LAB_WEAK)
#undef LAB_WEAK

extern "C" Functions entry_functions() {
#define LAB_ADDRESS(name) &::name,
    return Functions{LAB_FUNCTIONS(LAB_ADDRESS)};
#undef LAB_ADDRESS
}
