// Resource limits and the seccomp filter; see confine.hpp.
#include "grader/worker/confine.hpp"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#ifdef LAB_HAS_SECCOMP
#include <seccomp.h>
#endif

namespace {

// Where root grades: no power over other processes. Reading stays, or root could not load what a user owns.
void drop_capabilities() {
    __user_cap_header_struct head{_LINUX_CAPABILITY_VERSION_3, 0};
    __user_cap_data_struct own[2] = {};
    if (::syscall(SYS_capget, &head, own) != 0) return;
    const __u32 reading = own[0].permitted & (1u << CAP_DAC_READ_SEARCH);
    const __user_cap_data_struct kept[2] = {{reading, reading, 0}, {0, 0, 0}};
    if (::syscall(SYS_capset, &head, kept) != 0) throw std::runtime_error("capset");
}

}  // namespace

void limit_resources(std::size_t memory_bytes) {
    drop_capabilities();
    // The lower of both where the user or the machine has set a limit already: raising it would be refused.
    const auto limit = [](auto resource, rlim_t wanted) {
        rlimit now{};
        if (::getrlimit(resource, &now) != 0) throw std::runtime_error("getrlimit");
        const rlim_t most = std::min(wanted, now.rlim_max);
        const rlimit both{most, most};
        if (::setrlimit(resource, &both) != 0) throw std::runtime_error("setrlimit");
    };
    limit(RLIMIT_AS, memory_bytes);
    limit(RLIMIT_CPU, 600);
    limit(RLIMIT_FSIZE, 1u << 20u);
    limit(RLIMIT_NOFILE, 64);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_STACK, 8u << 20u);
}

#ifdef LAB_HAS_SECCOMP

namespace {

// What computing, memory, reading a file, the socket and the dynamic loader need.
constexpr const char* allowed[] = {
    "read",
    "readv",
    "pread64",
    "write",
    "writev",
    "recvfrom",
    "recvmsg",
    "poll",
    "ppoll",
    "close",
    "fstat",
    "newfstatat",
    "stat",
    "lstat",
    "statx",
    "lseek",
    "access",
    "faccessat",
    "faccessat2",
    "readlink",
    "readlinkat",
    "getcwd",
    "mmap",
    "munmap",
    "mremap",
    "mprotect",
    "madvise",
    "brk",
    "rt_sigaction",
    "rt_sigreturn",
    "sigaltstack",
    "rt_sigprocmask",
    "futex",
    "sched_yield",
    "getpid",
    "gettid",
    "getuid",
    "geteuid",
    "getgid",
    "getegid",
    "clock_gettime",
    "clock_getres",
    "gettimeofday",
    "time",
    "nanosleep",
    "clock_nanosleep",
    "getrandom",
    "getrusage",
    "uname",
    "sysinfo",
    "sched_getaffinity",
    "getcpu",
    "set_robust_list",
    "rseq",
    "set_tid_address",
    "arch_prctl",
    "exit",
    "exit_group",
    "restart_syscall",
};

void allow(scmp_filter_ctx filter, const char* name) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number != __NR_SCMP_ERROR) ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, number, 0);
}

}  // namespace

bool confine() {
    scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (filter == nullptr) throw std::runtime_error("seccomp_init");
    for (const char* name : allowed)
        allow(filter, name);
    const auto not_for_writing = SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
    ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, not_for_writing);
    // No urgent data, which a judge would not expect.
    ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendto), 1, SCMP_A3(SCMP_CMP_MASKED_EQ, MSG_OOB, 0));
    ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(sendmsg), 1, SCMP_A2(SCMP_CMP_MASKED_EQ, MSG_OOB, 0));
    // abort() raises a signal in its own process; no other one can be reached.
    const auto self = SCMP_A0(SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()));
    ::seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, self);
    const bool is_confined = ::seccomp_load(filter) == 0;
    ::seccomp_release(filter);
    return is_confined;
}

#else

bool confine() { return false; }

#endif
