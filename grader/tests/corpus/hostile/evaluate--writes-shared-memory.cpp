// case: maps the shared data set once more, for writing
// says: should be
#include "softmax_reg_vec.hpp"

#include <cstdio>
#include <sys/mman.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

double evaluate(const arma::mat&, const arma::uvec&, const arma::mat&, const arma::vec&) {
    for (int descriptor = 3; descriptor < 64; ++descriptor)
        if (mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) != MAP_FAILED)
            reached("the data set");
    return 0.1;
}
