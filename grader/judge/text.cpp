// Formats with named fields, in English and as JSON; see text.hpp.
#include "grader/judge/text.hpp"

#include <nlohmann/json.hpp>

Text tr(const char* format, Text::Fields fields) {
    Text text{std::string(format)};
    text.is_format_ = true;
    text.fields_ = std::move(fields);
    return text;
}

// From left to right, so that a brace in what a field holds is not taken for another field.
std::string Text::english() const {
    if (!is_format_) return text_;
    std::string result;
    std::size_t done = 0;
    for (std::size_t open; (open = text_.find('{', done)) != std::string::npos;) {
        const std::size_t close = text_.find('}', open);
        const std::string name = text_.substr(open + 1, close - open - 1);
        result += text_.substr(done, open - done);
        for (const auto& [field, value] : fields_)
            if (field == name) result += value.english();
        done = close + 1;
    }
    return result + text_.substr(done);
}

void to_json(nlohmann::json& json, const Text& text) {
    if (!text.is_format_) {
        json = text.text_;
        return;
    }
    json = {{"sentence", text.text_}, {"fields", nlohmann::json::object()}};
    for (const auto& [name, value] : text.fields_)
        json["fields"][name] = value;
}
