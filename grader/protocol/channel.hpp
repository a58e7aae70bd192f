// Frames over a socket: eight bytes of length, then that many bytes. Used by the judge and by the worker.
#ifndef GRADER_PROTOCOL_CHANNEL_HPP
#define GRADER_PROTOCOL_CHANNEL_HPP

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>

#include "grader/protocol/message.hpp"

namespace protocol {

// The other end is gone, or broke the frame; what() says which.
struct Disconnected : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// The most that a frame may carry; a longer one is refused before anything is allocated for it.
constexpr std::uint64_t longest_frame = 256u << 20u;

// Asked about every millisecond at first, and every 20 ms later, while a transfer waits for the other end; true ends
// it. An empty one means: wait as long as it takes.
using GiveUp = std::function<bool()>;

// False when `give_up` ended it.
bool send_frame(int socket, const Bytes& bytes, const GiveUp& give_up = nullptr);

// Blocks until a whole frame is there.
Bytes receive_frame(int socket);

// Nothing when `give_up` ended it.
std::optional<Bytes> receive_frame(int socket, const GiveUp& give_up);

// A first message of one byte, sent once the worker has shut itself in: how far it could do so.
enum class Hello : char { confined = 'c', open = 'o' };

struct Greeting {
    pid_t sender;  // as the kernel tells it, in the numbering of this process
    Hello hello;
};

void send_hello(int socket, Hello hello);

// Nothing when it did not come in time or is not a hello.
std::optional<Greeting> receive_hello(int socket, std::chrono::milliseconds patience);

}  // namespace protocol

#endif
