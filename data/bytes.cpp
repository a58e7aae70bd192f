// Plain and gzip files behind one read(). zlib's own gzFile is not used: it passes over bytes that follow the packed
// data, and takes a file that is not gzip at all for a plain one. Both are damage here.
#include "data/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <utility>

namespace data {
namespace {

constexpr std::size_t buffer_size = 1 << 16;

}  // namespace

Bytes::Bytes(std::filesystem::path path, std::string remedy)
    : path_(std::move(path)), remedy_(std::move(remedy)), buffer_(buffer_size) {
    std::error_code ignored;
    if (!std::filesystem::exists(path_, ignored)) fail("missing");
    if (!std::filesystem::is_regular_file(path_, ignored)) fail("not a file: expected an IDX file, plain or .gz");
    errno = 0;
    file_.open(path_, std::ios::binary);
    if (!file_) fail(std::string("cannot be read: ") + std::strerror(errno));
    detect_gzip();
}

Bytes::~Bytes() {
    if (is_gzip_) inflateEnd(&stream_);
}

void Bytes::fail(const std::string& what) const { throw Error(path_.string() + ": " + what + ". " + remedy_); }

// The first two bytes tell: 1f 8b is gzip, and no IDX file starts so.
void Bytes::detect_gzip() {
    refill();
    const bool has_gzip_magic = stream_.avail_in >= 2 && buffer_[0] == 0x1f && buffer_[1] == 0x8b;
    if (path_.extension() == ".gz" && !has_gzip_magic) {
        fail(stream_.avail_in == 0 ? "truncated: found an empty file, expected gzip data"
                                   : "not gzip: the name ends in .gz, but the file does not start with 1f 8b");
    }
    constexpr int gzip_only = 16 + MAX_WBITS;
    if (has_gzip_magic && inflateInit2(&stream_, gzip_only) != Z_OK) throw std::bad_alloc();
    is_gzip_ = has_gzip_magic;
}

bool Bytes::refill() {
    file_.read(reinterpret_cast<char*>(buffer_.data()), static_cast<std::streamsize>(buffer_.size()));
    if (file_.bad()) fail("cannot be read: the disk reports an error");
    stream_.next_in = buffer_.data();
    stream_.avail_in = static_cast<uInt>(file_.gcount());
    return stream_.avail_in > 0;
}

// Grows with what the file holds, not with `count`, which may come from a header that lies.
std::vector<unsigned char> Bytes::read(std::size_t count) {
    std::vector<unsigned char> bytes;
    while (bytes.size() < count) {
        const std::size_t before = bytes.size();
        bytes.resize(before + std::min(count - before, buffer_size));
        const std::size_t found = read_some(bytes.data() + before, bytes.size() - before);
        bytes.resize(before + found);
        if (found == 0) break;
    }
    return bytes;
}

std::size_t Bytes::read_some(unsigned char* out, std::size_t count) {
    if (is_gzip_) return inflate_some(out, count);
    if (stream_.avail_in == 0 && !refill()) return 0;
    const auto found = static_cast<uInt>(std::min<std::size_t>(count, stream_.avail_in));
    std::copy_n(stream_.next_in, found, out);
    stream_.next_in += found;
    stream_.avail_in -= found;
    return found;
}

std::size_t Bytes::inflate_some(unsigned char* out, std::size_t count) {
    stream_.next_out = out;
    stream_.avail_out = static_cast<uInt>(count);
    while (!ended_ && stream_.avail_out == count) {
        if (stream_.avail_in == 0 && !refill()) fail("truncated: the file stops inside its gzip data");
        const int status = inflate(&stream_, Z_NO_FLUSH);
        ended_ = status == Z_STREAM_END;
        if (ended_ && (stream_.avail_in > 0 || refill())) fail("trailing bytes: more follows the end of the gzip data");
        if (status != Z_OK && !ended_) {
            fail(std::string("damaged gzip data: ") + (stream_.msg ? stream_.msg : zError(status)));
        }
    }
    return count - stream_.avail_out;
}

}  // namespace data
