// Bytes of the messages: a fixed head, a text, then the values, all in the machine's own byte order, since both
// ends run on one machine.
#include "grader/protocol/message.hpp"

#include <cstring>

namespace protocol {
namespace {

constexpr std::uint64_t longest_side = 1u << 31u;

enum class Tag : std::uint32_t { real, integer, window };

class Writer {
  public:
    template <class T> void put(const T& value) { append(&value, sizeof value); }

    void put(const std::string& text) {
        put<std::uint64_t>(text.size());
        append(text.data(), text.size());
    }

    void put(const Values& values) {
        put<std::uint64_t>(values.size());
        for (const Value& value : values)
            std::visit([this](const auto& v) { put_value(v); }, value);
    }

    Bytes bytes;

  private:
    void append(const void* data, std::size_t size) {
        const auto* first = static_cast<const std::byte*>(data);
        bytes.insert(bytes.end(), first, first + size);
    }

    template <class T> void put_matrix(Tag tag, const arma::Mat<T>& matrix) {
        put(tag);
        put<std::uint64_t>(matrix.n_rows);
        put<std::uint64_t>(matrix.n_cols);
        append(matrix.memptr(), matrix.n_elem * sizeof(T));
    }

    void put_value(const arma::mat& matrix) { put_matrix(Tag::real, matrix); }
    void put_value(const arma::umat& matrix) { put_matrix(Tag::integer, matrix); }
    void put_value(const Window& window) {
        put(Tag::window);
        put<std::uint64_t>(window.first);
        put<std::uint64_t>(window.count);
    }
};

class Reader {
  public:
    explicit Reader(const Bytes& bytes) : next_(bytes.data()), left_(bytes.size()) {}

    template <class T> T get() {
        T value;
        copy(&value, sizeof value);
        return value;
    }

    std::string get_text() {
        std::string text(checked(get<std::uint64_t>(), 1), '\0');
        copy(text.data(), text.size());
        return text;
    }

    Values get_values() {
        // A value takes at least 20 bytes, so the count is bounded by the bytes that are there.
        Values values(checked(get<std::uint64_t>(), 20));
        for (Value& value : values)
            value = get_value();
        return values;
    }

    void expect_end() const {
        if (left_ != 0) throw Malformed(std::to_string(left_) + " bytes too many");
    }

  private:
    void copy(void* target, std::size_t size) {
        if (size > left_) throw Malformed("too short");
        if (size != 0) std::memcpy(target, next_, size);
        next_ += size;
        left_ -= size;
    }

    // The count, if as many elements of element_size can be in the bytes that are left.
    std::size_t checked(std::uint64_t count, std::size_t element_size) const {
        if (count > left_ / element_size) throw Malformed("a length of " + std::to_string(count) + " in too few bytes");
        return static_cast<std::size_t>(count);
    }

    template <class T> arma::Mat<T> get_matrix() {
        const auto rows = get<std::uint64_t>();
        const auto columns = get<std::uint64_t>();
        // An empty matrix may have rows or columns, but not more than Armadillo can count.
        const std::uint64_t most = rows == 0 || columns == 0 ? longest_side : left_ / sizeof(T);
        if (rows > most || columns > most || (rows != 0 && columns != 0 && rows > most / columns))
            throw Malformed("a matrix of " + std::to_string(rows) + " x " + std::to_string(columns) +
                            " in too few bytes");
        arma::Mat<T> matrix(rows, columns, arma::fill::none);
        copy(matrix.memptr(), matrix.n_elem * sizeof(T));
        return matrix;
    }

    Value get_value() {
        switch (get<Tag>()) {
        case Tag::real:
            return get_matrix<double>();
        case Tag::integer:
            return get_matrix<arma::uword>();
        case Tag::window: {
            const auto first = get<std::uint64_t>();
            return Window{first, get<std::uint64_t>()};
        }
        }
        throw Malformed("a value of an unknown kind");
    }

    const std::byte* next_;
    std::size_t left_;
};

}  // namespace

Bytes encode(const Request& request) {
    Writer writer;
    writer.put(request.id);
    writer.put(request.function);
    writer.put(request.arguments);
    return std::move(writer.bytes);
}

Bytes encode(const Reply& reply) {
    Writer writer;
    writer.put(reply.id);
    writer.put(reply.status);
    writer.put(reply.text);
    writer.put(reply.results);
    return std::move(writer.bytes);
}

Request decode_request(const Bytes& bytes) {
    Reader reader(bytes);
    Request request{reader.get<std::uint64_t>(), reader.get_text(), reader.get_values()};
    reader.expect_end();
    return request;
}

Reply decode_reply(const Bytes& bytes) {
    Reader reader(bytes);
    Reply reply{reader.get<std::uint64_t>(), reader.get<Status>(), reader.get_text(), reader.get_values()};
    reader.expect_end();
    if (reply.status > Status::missing) throw Malformed("an unknown status");
    return reply;
}

}  // namespace protocol
