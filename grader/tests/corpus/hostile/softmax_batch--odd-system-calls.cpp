// case: tries calls that few remember to forbid
// says: should be
#include "softmax_reg_vec.hpp"

#include <cerrno>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    const long numbers[] = {SYS_io_uring_setup,
                            SYS_userfaultfd,
                            SYS_bpf,
                            SYS_memfd_create,
                            SYS_perf_event_open,
                            SYS_unshare,
                            SYS_setns,
                            SYS_mount,
                            SYS_keyctl,
                            SYS_timer_create,
                            SYS_timerfd_create,
                            SYS_shmget,
                            SYS_msgget,
                            SYS_inotify_init1,
                            SYS_eventfd2,
                            SYS_open_by_handle_at,
                            SYS_personality,
                            SYS_clone3,
                            SYS_vfork,
                            1000,
                            100'000,
                            -1};
    for (const long number : numbers)
        if (syscall(number, 0, 0, 0, 0, 0) >= 0 || errno != EPERM) reached("an odd system call");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
