// case: sends open descriptors along, to use up those of the judge
// says: sent a reply that is not one
#include "softmax_reg_vec.hpp"

#include <cstring>
#include <sys/socket.h>

static void send_descriptors() {
    int descriptors[8] = {1, 1, 1, 1, 1, 1, 1, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof descriptors)] = {};
    char byte = 0;
    iovec data{&byte, 1};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr* head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof descriptors);
    std::memcpy(CMSG_DATA(head), descriptors, sizeof descriptors);
    for (int i = 0; i < 40; ++i)
        sendmsg(3, &message, MSG_DONTWAIT);
}

arma::mat softmax_batch(const arma::mat& logits) {
    send_descriptors();
    arma::mat probs = arma::exp(logits.each_row() - arma::max(logits, 0));
    probs.each_row() /= arma::sum(probs, 0);
    return probs;
}
