// case: runs a program; after an execve that works there would be no reply
// says: should be
#include "softmax_reg_vec.hpp"

#include <cstdlib>
#include <spawn.h>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    if (system("exit 0") == 0) reached("system");
    char* const arguments[] = {nullptr};
    pid_t child = 0;
    if (posix_spawn(&child, "/bin/true", nullptr, nullptr, arguments, arguments) == 0) reached("posix_spawn");
    execve("/bin/true", arguments, arguments);
    syscall(SYS_execveat, -100, "/bin/true", arguments, arguments, 0);
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
