// The judge: a Catch2 program whose test cases are the items of a grade. grader/grade/grade.py starts it:
//
//   judge --settings FILE [Catch2's own arguments]
#define CATCH_CONFIG_RUNNER
#include <sys/prctl.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "grader/judge/catch.hpp"
#include "grader/judge/settings.hpp"

Settings& settings() {
    static Settings the_settings;
    return the_settings;
}

namespace {

Settings read_settings(const std::string& path) {
    const nlohmann::json json = nlohmann::json::parse(std::ifstream(path));
    Settings s;
    json.at("objects").get_to(s.objects);
    json.at("results").get_to(s.results);
    json.at("output").get_to(s.output);
    json.at("launcher").get_to(s.launcher);
    json.at("seed").get_to(s.seed);
    json.at("budget_seconds").get_to(s.budget_seconds);
    json.at("precision").get_to(s.precision);
    json.at("seconds_per_batch").get_to(s.seconds_per_batch);
    json.at("loop_ratios").get_to(s.loop_ratios);
    json.at("needed").get_to(s.needed);
    json.at("needs").get_to(s.needs);
    return s;
}

}  // namespace

int main(int argc, char** argv) try {
    // Where worker and judge belong to one user, the memory of the judge stays closed to the worker.
    ::prctl(PR_SET_DUMPABLE, 0);
    Catch::Session session;
    std::string path;
    using Catch::Clara::Opt;
    session.cli(session.cli() |
                Opt(path, "file")["--settings"]("what grader/grade/grade.py has written for the judge"));
    const int usage = session.applyCommandLine(argc, argv);
    if (usage != 0) return usage;
    settings() = read_settings(path);
    // Failed items are a result and no error of this program.
    session.run();
    return 0;
} catch (const std::exception& error) {
    std::cerr << "judge: " << error.what() << '\n';
    return 2;
}
