// case: answers the first request, then sleeps: a request that is larger than the buffer of a socket is never read
// says: did not return in time
// waits: yes
#include "softmax_reg_vec.hpp"

#include <cstdint>
#include <string>
#include <sys/socket.h>
#include <unistd.h>

// A reply to the request `id`: a frame with a status, an empty text and `values`; length 0 stands for the true one.
static void reply(std::uint64_t id, std::uint32_t status, std::uint64_t length, const std::string& values) {
    std::string frame(reinterpret_cast<const char*>(&id), 8);
    frame.append(reinterpret_cast<const char*>(&status), 4).append(8, '\0').append(values);
    if (length == 0) length = frame.size();
    frame.insert(0, reinterpret_cast<const char*>(&length), 8);
    if (write(3, frame.data(), frame.size()) < 0) return;
}

// The number of the request that waits to be read.
static std::uint64_t waiting() {
    std::uint64_t head[2] = {};
    // The judge sends the length first: a peek that comes between the two finds no number yet.
    for (int tries = 0; tries < 10000 && recv(3, head, sizeof head, MSG_PEEK) != sizeof head; ++tries)
        usleep(100);
    return head[1];
}

static const std::uint64_t first = waiting();

double evaluate(const arma::mat& images, const arma::uvec& labels, const arma::mat& W, const arma::vec& b) {
    const arma::mat logits = (images.t() * W).eval().each_row() + b.t();
    const double right = arma::mean(arma::conv_to<arma::vec>::from(arma::index_max(logits, 1) == labels));
    const std::uint64_t head[] = {1, 0, 1, 1};  // one value: a real matrix, 1 x 1
    std::string values(reinterpret_cast<const char*>(head), 8);
    values.append(4, '\0').append(reinterpret_cast<const char*>(head + 2), 16);
    reply(first, 0, 0, values.append(reinterpret_cast<const char*>(&right), 8));
    sleep(140);
    return 0.1;
}
