// case: reads files that are no business of a submission's
// says: should be
// without the sandbox: reaches
#include "softmax_reg_vec.hpp"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    for (const char* path :
         {"/etc/passwd", "/etc/shadow", "/root", "/home", "@ROOT@/README.md", "@ROOT@/solutions/softmax_batch.cpp"})
        if (open(path, O_RDONLY) >= 0) reached(path);
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
