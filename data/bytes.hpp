// Reads the bytes of a file from front to back, unpacking it on the way if it is gzip.
// The IDX loader is its only caller. It never holds more than a small buffer, whatever a file claims to be.
#ifndef DATA_BYTES_HPP
#define DATA_BYTES_HPP

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <zlib.h>

namespace data {

// What is wrong with a file, in one line: its name, what was found, what was expected, what to do next.
struct Error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Bytes {
  public:
    // `remedy` is the next action that every error ends with, such as "Run `make data`."
    Bytes(std::filesystem::path path, std::string remedy);
    ~Bytes();
    Bytes(const Bytes&) = delete;
    Bytes& operator=(const Bytes&) = delete;

    // Up to `count` bytes; fewer only where the file ends.
    std::vector<unsigned char> read(std::size_t count);

    [[noreturn]] void fail(const std::string& what) const;

  private:
    std::size_t read_some(unsigned char* out, std::size_t count);  // 0 at the end
    std::size_t inflate_some(unsigned char* out, std::size_t count);
    bool refill();
    void detect_gzip();

    std::filesystem::path path_;
    std::string remedy_;
    std::ifstream file_;
    std::vector<unsigned char> buffer_;
    z_stream stream_{};
    bool is_gzip_ = false;
    bool ended_ = false;
};

}  // namespace data

#endif
