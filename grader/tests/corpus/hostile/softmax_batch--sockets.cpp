// case: opens a connection
// says: should be
#include "softmax_reg_vec.hpp"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

arma::mat softmax_batch(const arma::mat& logits) {
    for (const int family : {AF_INET, AF_INET6, AF_UNIX, AF_NETLINK})
        if (socket(family, SOCK_STREAM, 0) >= 0) reached("socket");
    int pair[2] = {};
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0) reached("socketpair");
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
