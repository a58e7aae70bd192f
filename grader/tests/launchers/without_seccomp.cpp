// Runs a program as on a kernel that refuses seccomp filters: without_seccomp PROGRAM ARGUMENT...
#include <cerrno>
#include <cstdio>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int, char** argv) {
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
    ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(seccomp), 0);
    ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1, SCMP_A0(SCMP_CMP_EQ, PR_SET_SECCOMP));
    if (::seccomp_load(filter) != 0) return 126;
    ::execvp(argv[1], argv + 1);
    std::perror(argv[1]);
    return 127;
}
