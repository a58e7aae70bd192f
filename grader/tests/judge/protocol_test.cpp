// The bytes between judge and worker: what goes in comes out, and no bytes whatever break the decoder.
#include <cstring>
#include <random>

#include "grader/judge/catch.hpp"
#include "grader/protocol/contract_values.hpp"
#include "grader/protocol/message.hpp"

using namespace protocol;

namespace {

Reply some_reply() {
    Reply reply{42, Status::ok, "text", {}};
    put(reply.results, arma::mat{{1, 2, 3}, {4, 5, 6}});
    put(reply.results, arma::uvec{7, 8});
    put(reply.results, SharedDataset{{3, 5}});
    return reply;
}

}  // namespace

TEST_CASE("a reply comes out as it went in") {
    const Reply reply = decode_reply(encode(some_reply()));
    CHECK(reply.id == 42);
    CHECK(reply.text == "text");
    REQUIRE(reply.results.size() == 4);
    CHECK(arma::approx_equal(std::get<arma::mat>(reply.results[0]), arma::mat{{1, 2, 3}, {4, 5, 6}}, "absdiff", 0));
    CHECK(std::get<Window>(reply.results[3]).count == 5);
}

TEST_CASE("a request comes out as it went in") {
    Request request{7, "softmax_batch", {}};
    put(request.arguments, Hyperparameters{0.5, 64, 3, 9});
    const Request copy = decode_request(encode(request));
    CHECK(copy.function == "softmax_batch");
    Taker taker(copy.arguments);
    const auto hp = taker.take<Hyperparameters>();
    taker.expect_end();
    CHECK(hp.learning_rate == 0.5);
    CHECK(hp.batch_size == 64);
    CHECK(hp.epochs == 3);
    CHECK(hp.seed == 9);
}

TEST_CASE("every truncation of a reply is refused") {
    const Bytes whole = encode(some_reply());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const Bytes part(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
        CHECK_THROWS_AS(decode_reply(part), Malformed);
    }
    Bytes longer = whole;
    longer.push_back(std::byte{0});
    CHECK_THROWS_AS(decode_reply(longer), Malformed);
}

TEST_CASE("a size that the bytes cannot hold is refused before it is allocated") {
    Reply reply{1, Status::ok, "", {}};
    put(reply.results, arma::mat(2, 2, arma::fill::ones));
    Bytes bytes = encode(reply);
    const std::uint64_t huge = std::uint64_t{1} << 62u;
    // The rows of the first matrix: id 8, status 4, text length 8, count 8, tag 4.
    std::memcpy(bytes.data() + 32, &huge, sizeof huge);
    CHECK_THROWS_AS(decode_reply(bytes), Malformed);
    // Rows times columns that wrap around to a small number.
    const std::uint64_t half = std::uint64_t{1} << 32u;
    std::memcpy(bytes.data() + 32, &half, sizeof half);
    std::memcpy(bytes.data() + 40, &half, sizeof half);
    CHECK_THROWS_AS(decode_reply(bytes), Malformed);
}

TEST_CASE("no change of any byte does worse than Malformed") {
    std::mt19937 random(1);
    const Bytes whole = encode(some_reply());
    for (int i = 0; i < 20000; ++i) {
        Bytes bytes = whole;
        for (int changes = 0; changes < 3; ++changes)
            bytes[random() % bytes.size()] = static_cast<std::byte>(random());
        try {
            decode_reply(bytes);
        } catch (const Malformed&) {}
    }
    SUCCEED();
}

TEST_CASE("a value of the wrong kind or shape is refused") {
    Values values;
    put(values, arma::mat(2, 3, arma::fill::zeros));
    CHECK_THROWS_AS(Taker(values).take<double>(), Malformed);
    CHECK_THROWS_AS(Taker(values).take<arma::vec>(), Malformed);
    CHECK_THROWS_AS(Taker(values).take<arma::uvec>(), Malformed);
    CHECK_THROWS_AS(Taker({}).take<arma::mat>(), Malformed);
    CHECK_THROWS_AS(Taker(values).expect_end(), Malformed);
}

TEST_CASE("shared columns are views, and only of what is there") {
    const Dataset set{arma::mat(3, 10, arma::fill::randu), arma::regspace<arma::uvec>(0, 9)};
    shared_dataset = &set;
    Values values;
    put(values, SharedDataset{{4, 6}});
    const auto window = Taker(values).take<Dataset>();
    CHECK(window.images.memptr() == set.images.colptr(4));
    CHECK(window.labels.memptr() == set.labels.memptr() + 4);
    values.clear();
    put(values, SharedDataset{{5, 6}});
    CHECK_THROWS_AS(Taker(values).take<Dataset>(), Malformed);
    shared_dataset = nullptr;
    CHECK_THROWS_AS(Taker(values).take<Dataset>(), Malformed);
}
