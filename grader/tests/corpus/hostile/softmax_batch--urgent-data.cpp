// case: sends a byte out of band, which poll() calls readable and recv() does not give, and never returns
// says: did not return in time
#include "softmax_reg_vec.hpp"

#include <sys/socket.h>
#include <unistd.h>

arma::mat softmax_batch(const arma::mat& logits) {
    send(3, "x", 1, MSG_OOB);
    for (;;) usleep(1000);
    return logits;
}
