// Frames over a socket; see channel.hpp.
#include "grader/protocol/channel.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

namespace protocol {
namespace {

[[noreturn]] void fail(const char* what) { throw Disconnected(std::string(what) + ": " + std::strerror(errno)); }

// Waits until the socket is ready for `events`; false when `give_up` says so first.
bool wait_ready(int socket, short events, const GiveUp& give_up) {
    for (int patience_ms = 1;; patience_ms = std::min(2 * patience_ms, 20)) {
        pollfd ready{socket, events, 0};
        const int count = ::poll(&ready, 1, patience_ms);
        if (count > 0) return true;
        if (count < 0 && errno != EINTR) fail("poll");
        if (give_up()) return false;
    }
}

// False when `give_up` ended it: a process that does not read must not hold up the one that writes.
bool send_all(int socket, const void* data, std::size_t size, const GiveUp& give_up) {
    const auto* next = static_cast<const char*>(data);
    while (size != 0) {
        if (give_up && !wait_ready(socket, POLLOUT, give_up)) return false;
        const ssize_t sent = ::send(socket, next, size, MSG_NOSIGNAL | (give_up ? MSG_DONTWAIT : 0));
        if (sent < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (sent < 0) fail("the other process does not listen");
        next += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

// False when `give_up` ended it.
bool receive_all(int socket, void* data, std::size_t size, const GiveUp& give_up) {
    auto* next = static_cast<char*>(data);
    while (size != 0) {
        if (give_up && !wait_ready(socket, POLLIN, give_up)) return false;
        const ssize_t received = ::recv(socket, next, size, give_up ? MSG_DONTWAIT : 0);
        if (received < 0 && (errno == EINTR || errno == EAGAIN)) {
            // Urgent data make poll() call a socket readable from which nothing can be read: no call may wait for it.
            const bool nothing_there = errno == EAGAIN;
            if (give_up && give_up()) return false;
            if (nothing_there) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            continue;
        }
        if (received < 0) fail("receive");
        if (received == 0) throw Disconnected("the other process closed the connection");
        next += received;
        size -= static_cast<std::size_t>(received);
        // A trickle of bytes is never waited for, and must end all the same.
        if (give_up && size != 0 && give_up()) return false;
    }
    return true;
}

}  // namespace

bool send_frame(int socket, const Bytes& bytes, const GiveUp& give_up) {
    const std::uint64_t length = bytes.size();
    return send_all(socket, &length, sizeof length, give_up) && send_all(socket, bytes.data(), bytes.size(), give_up);
}

std::optional<Bytes> receive_frame(int socket, const GiveUp& give_up) {
    std::uint64_t length = 0;
    if (!receive_all(socket, &length, sizeof length, give_up)) return std::nullopt;
    if (length > longest_frame) throw Disconnected("a frame of " + std::to_string(length) + " bytes");
    // In pieces, so that a length alone, with no bytes behind it, costs no memory.
    Bytes bytes;
    while (bytes.size() < length) {
        const std::size_t begin = bytes.size();
        const std::size_t piece = std::min<std::size_t>(length - begin, 1u << 20u);
        bytes.resize(begin + piece);
        if (!receive_all(socket, bytes.data() + begin, piece, give_up)) return std::nullopt;
    }
    return bytes;
}

Bytes receive_frame(int socket) { return *receive_frame(socket, nullptr); }

void send_hello(int socket, Hello hello) { send_all(socket, &hello, 1, nullptr); }

std::optional<Greeting> receive_hello(int socket, std::chrono::milliseconds patience) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    if (!wait_ready(socket, POLLIN, [&] { return std::chrono::steady_clock::now() > deadline; })) return std::nullopt;
    Hello hello{};
    iovec data{&hello, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(ucred))] = {};
    msghdr message{};
    message.msg_iov = &data;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (::recvmsg(socket, &message, 0) != 1) return std::nullopt;
    if (hello != Hello::confined && hello != Hello::open) return std::nullopt;
    const cmsghdr* head = CMSG_FIRSTHDR(&message);
    if (head == nullptr || head->cmsg_type != SCM_CREDENTIALS) return std::nullopt;
    ucred sender{};
    std::memcpy(&sender, CMSG_DATA(head), sizeof sender);
    return Greeting{sender.pid, hello};
}

}  // namespace protocol
