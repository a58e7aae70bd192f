// What a student reads, on its way to grader/common/language.py, which translates it: tr("{n} of {all} differ", {...})
// is a format with named fields; a std::string is data (a number, a call, what a submission said) and stays as it is.
// A literal alone does not compile: no sentence is forgotten.
#ifndef GRADER_JUDGE_TEXT_HPP
#define GRADER_JUDGE_TEXT_HPP

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

class Text {
  public:
    using Fields = std::vector<std::pair<std::string, Text>>;

    Text() = default;
    Text(std::string data) : text_(std::move(data)) {}
    Text(const char* sentence) = delete;  // tr("...")
    Text(std::size_t number) : text_(std::to_string(number)) {}

    bool empty() const { return text_.empty(); }
    std::string english() const;
    friend Text tr(const char* format, Fields fields);
    friend void to_json(nlohmann::json& json, const Text& text);

  private:
    std::string text_;  // data, or the format
    bool is_format_ = false;
    Fields fields_;
};

Text tr(const char* format, Text::Fields fields = {});

#endif
