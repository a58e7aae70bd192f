// The messages between the judge and a worker, and their bytes. Used by both; knows nothing of sockets or functions.
// A decoder never trusts a length that it reads: whatever the bytes, it returns a message or throws Malformed.
#ifndef GRADER_PROTOCOL_MESSAGE_HPP
#define GRADER_PROTOCOL_MESSAGE_HPP

#include <armadillo>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace protocol {

using Bytes = std::vector<std::byte>;

// The columns first .. first + count - 1 of the data set that judge and workers share in memory.
struct Window {
    arma::uword first;
    arma::uword count;
};

using Value = std::variant<arma::mat, arma::umat, Window>;
using Values = std::vector<Value>;

struct Request {
    std::uint64_t id;
    std::string function;
    Values arguments;
};

enum class Status : std::uint32_t { ok, not_implemented, threw, not_loaded, missing };

struct Reply {
    std::uint64_t id;
    Status status;
    std::string text;  // what was thrown, or why an object could not be loaded
    Values results;    // the value returned, then what the function did to its reference arguments
};

// The bytes are not a message; what() says in which way.
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Bytes encode(const Request& request);
Bytes encode(const Reply& reply);
Request decode_request(const Bytes& bytes);
Reply decode_reply(const Bytes& bytes);

}  // namespace protocol

#endif
