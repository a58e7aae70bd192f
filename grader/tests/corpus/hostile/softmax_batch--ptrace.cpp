// case: takes hold of the judge with a debugger's means
// says: should be
#include "softmax_reg_vec.hpp"

#include <fstream>
#include <string>
#include <sys/ptrace.h>
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
    if (ptrace(PTRACE_ATTACH, parent(), nullptr, nullptr) == 0) reached("ptrace");
    if (ptrace(PTRACE_SEIZE, parent(), nullptr, nullptr) == 0) reached("ptrace");
    if (syscall(SYS_process_vm_readv, parent(), nullptr, 0, nullptr, 0, 0) >= 0) reached("process_vm_readv");
    if (syscall(SYS_pidfd_open, parent(), 0) >= 0) reached("pidfd_open");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
