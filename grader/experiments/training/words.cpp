// Reads a catalogue as msgfmt writes it: tables of lengths and offsets, in the byte order of this machine. Not by the
// gettext of the C library, because on Debian 13 that translates nothing where no locale but C.UTF-8 is installed.
#include "grader/experiments/training/words.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

namespace training {
namespace {

constexpr std::uint32_t mo_magic = 0x950412de;

// One 32-bit number of the file; 0 beyond its end, as a file that is cut off has no sentences.
std::uint32_t number_at(const std::string& file, std::size_t at) {
    std::uint32_t number = 0;
    if (at + sizeof number <= file.size()) std::memcpy(&number, file.data() + at, sizeof number);
    return number;
}

// What entry i of the table at `table` points to.
std::string text_at(const std::string& file, std::size_t table, std::size_t i) {
    const std::size_t length = number_at(file, table + 8 * i), start = number_at(file, table + 8 * i + 4);
    return start + length <= file.size() ? file.substr(start, length) : "";
}

std::map<std::string, std::string> read_catalogue() {
    const char* language = std::getenv("TP_LANG");
    if (!language || std::strchr(language, '/')) return {};
    std::ifstream in(std::string(LAB_LOCALE "/") + language + "/LC_MESSAGES/lab.mo", std::ios::binary);
    const std::string file(std::istreambuf_iterator<char>(in), {});
    if (number_at(file, 0) != mo_magic) return {};
    std::map<std::string, std::string> catalogue;
    for (std::size_t i = 0; i < number_at(file, 8); ++i)
        catalogue[text_at(file, number_at(file, 12), i)] = text_at(file, number_at(file, 16), i);
    return catalogue;
}

}  // namespace

std::string tr(const std::string& sentence, const std::vector<std::pair<std::string, std::string>>& fields) {
    static const std::map<std::string, std::string> catalogue = read_catalogue();
    const auto found = catalogue.find(sentence);
    std::string text = found == catalogue.end() ? sentence : found->second;
    for (const auto& [name, value] : fields)
        if (const std::size_t at = text.find("{" + name + "}"); at != std::string::npos)
            text.replace(at, name.size() + 2, value);
    return text;
}

std::size_t width(const std::string& text) {
    const auto continues = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0u) == 0x80u; };
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues));
}

std::string right_aligned(const std::string& text, std::size_t columns) {
    return std::string(columns - std::min(columns, width(text)), ' ') + text;
}

}  // namespace training
