// What the judge is told in a file; see settings.hpp.
#include "grader/judge/settings.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

namespace {

// A path has a character for each of its bytes there: JSON holds text only, and a name need not be UTF-8.
std::string path_of(const nlohmann::json& json) {
    const auto text = json.get<std::string>();
    std::string path;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool is_pair = (text[i] & 0x80) != 0;  // a character from 128 to 255, in UTF-8
        path += is_pair ? static_cast<char>((text[i] & 3) << 6 | (text[i + 1] & 0x3f)) : text[i];
        i += is_pair ? 1 : 0;
    }
    return path;
}

}  // namespace

Settings& settings() {
    static Settings the_settings;
    return the_settings;
}

Settings read_settings(const std::string& path) {
    const nlohmann::json json = nlohmann::json::parse(std::ifstream(path));
    Settings s;
    s.objects = path_of(json.at("objects"));
    s.results = path_of(json.at("results"));
    s.output = path_of(json.at("output"));
    for (const auto& word : json.at("launcher"))
        s.launcher.push_back(path_of(word));
    json.at("must_be_confined").get_to(s.must_be_confined);
    json.at("seed").get_to(s.seed);
    json.at("budget_seconds").get_to(s.budget_seconds);
    json.at("precision").get_to(s.precision);
    json.at("seconds_per_batch").get_to(s.seconds_per_batch);
    json.at("loop_ratios").get_to(s.loop_ratios);
    json.at("needed").get_to(s.needed);
    json.at("needs").get_to(s.needs);
    return s;
}
