// case: opens files for writing by every name of it
// says: should be
#include "softmax_reg_vec.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    const int flags[] = {O_WRONLY,          O_RDWR, O_WRONLY | O_CREAT, O_RDWR | O_TMPFILE, O_RDONLY | O_CREAT,
                         O_RDONLY | O_TRUNC};
    for (const char* path : {"/tmp", "/tmp/hostile-attack", "hostile-attack", "/dev/shm/hostile-attack",
                             "/proc/self/mem", "/proc/self/fd/1"})
        for (const int flag : flags)
            if (open(path, flag, 0600) >= 0) reached(path);
    if (creat("/tmp/hostile-attack", 0600) >= 0 || mkdir("/tmp/hostile-attack", 0700) == 0) reached("creat");
    if (symlink("/", "/tmp/hostile-attack") == 0 || truncate("/tmp", 0) == 0) reached("symlink");
    if (syscall(SYS_openat2, -100, "/tmp/hostile-attack", nullptr, 0) >= 0) reached("openat2");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
