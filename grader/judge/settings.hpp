// What the judge was told on its command line; main.cpp fills it in once, everything else only reads it.
#ifndef GRADER_JUDGE_SETTINGS_HPP
#define GRADER_JUDGE_SETTINGS_HPP

#include <cstdint>
#include <string>
#include <vector>

struct Settings {
    std::string objects;                // the folder of the submission's shared objects
    std::string results;                // the file that gets one line of JSON for each item
    std::string output;                 // the folder that gets what the submission prints
    std::string launcher_file;          // the sandbox command that starts a worker, one argument a line
    std::vector<std::string> launcher;  // its content; empty: a worker is started as it is
    std::uint64_t seed = 0;
    double required_speedup = 5.0;
    double required_efficiency = 0.5;
    double budget_seconds = 3.0;
};

Settings& settings();

#endif
