// Fuzzes the decoder of replies: whatever a worker sends, the judge gets a message or Malformed, nothing else.
// Built with libFuzzer where clang is there (-DLAB_LIBFUZZER), else with a plain loop of random changes; always under
// ASan and UBSan. By hand, for an hour: build/fuzz_protocol -max_total_time=3600
#include <cstring>

#include "grader/protocol/contract_values.hpp"
#include "grader/protocol/message.hpp"

namespace {

// Reads the values of a reply as every type of the contract in turn.
template <class... Types> void take_each(const protocol::Values& values) {
    const auto take = [&](auto example) {
        try {
            protocol::Taker(values).take<decltype(example)>();
        } catch (const protocol::Malformed&) {}
    };
    (take(Types{}), ...);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    protocol::Bytes bytes(size);
    if (size != 0) std::memcpy(bytes.data(), data, size);
    try {
        const protocol::Reply reply = protocol::decode_reply(bytes);
        take_each<arma::mat, arma::vec, arma::rowvec, arma::uvec, double, Model, Gradients, std::vector<EpochStats>>(
            reply.results);
        // What is understood must be written again as the same bytes.
        if (protocol::encode(reply) != bytes) __builtin_trap();
    } catch (const protocol::Malformed&) {}
    return 0;
}

#ifndef LAB_LIBFUZZER

#include <iostream>
#include <random>

int main(int argc, char** argv) {
    const long runs = argc > 1 ? std::atol(argv[1]) : 200000;
    protocol::Reply reply{7, protocol::Status::ok, "text", {}};
    protocol::put(reply.results, arma::mat(3, 4, arma::fill::ones));
    protocol::put(reply.results, arma::uvec{1, 2, 3});
    protocol::put(reply.results, protocol::SharedDataset{{1, 2}});
    const protocol::Bytes whole = protocol::encode(reply);
    std::mt19937 random(1);
    for (long run = 0; run < runs; ++run) {
        protocol::Bytes bytes = whole;
        if (random() % 4 == 0) bytes.resize(random() % (2 * whole.size()));
        for (unsigned changes = random() % 5; changes > 0 && !bytes.empty(); --changes)
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    }
    std::cout << runs << " inputs, no finding\n";
}

#endif
