// case: lifts its own limits
// says: should be
#include "softmax_reg_vec.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    const rlimit none{RLIM_INFINITY, RLIM_INFINITY};
    if (setrlimit(RLIMIT_AS, &none) == 0 || setrlimit(RLIMIT_CPU, &none) == 0) reached("setrlimit");
    if (prctl(PR_SET_DUMPABLE, 1) == 0 || prctl(PR_SET_PDEATHSIG, 0) == 0) reached("prctl");
    if (setpriority(PRIO_PROCESS, 0, -5) == 0 || nice(-5) != -1) reached("priority");
    if (syscall(SYS_sched_setaffinity, 0, 8, &none) == 0) reached("sched_setaffinity");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
