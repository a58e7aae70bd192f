// What the judge is told in a file; see settings.hpp.
#include "grader/judge/settings.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

Settings& settings() {
    static Settings the_settings;
    return the_settings;
}

Settings read_settings(const std::string& path) {
    const nlohmann::json json = nlohmann::json::parse(std::ifstream(path));
    Settings s;
    json.at("objects").get_to(s.objects);
    json.at("results").get_to(s.results);
    json.at("output").get_to(s.output);
    json.at("launcher").get_to(s.launcher);
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
