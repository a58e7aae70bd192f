// case: ends the judge, and whatever else has a small number
// says: should be
#include "softmax_reg_vec.hpp"

#include <csignal>
#include <fstream>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

// The parent process, which getppid() is not allowed to tell.
static int parent() {
    std::ifstream file("/proc/self/stat");
    int pid = 0;
    std::string name, state;
    file >> pid >> name >> state >> pid;
    return pid;
}

arma::mat softmax_batch(const arma::mat& logits) {
    if (kill(parent(), SIGKILL) == 0) reached("the judge");
    if (syscall(SYS_tgkill, parent(), parent(), SIGKILL) == 0) reached("the judge by tgkill");
    if (syscall(SYS_tkill, parent(), SIGKILL) == 0) reached("the judge by tkill");
    if (syscall(SYS_rt_sigqueueinfo, parent(), SIGKILL, nullptr) == 0) reached("the judge by rt_sigqueueinfo");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
