// What grader/grade/judging.py tells the judge in a file; main.cpp reads it once, everything else only uses it.
#ifndef GRADER_JUDGE_SETTINGS_HPP
#define GRADER_JUDGE_SETTINGS_HPP

#include <cstdint>
#include <map>
#include <string>
#include <vector>

struct Settings {
    std::string objects;                   // the folder of the submission's shared objects
    std::string results;                   // the file that gets one line of JSON for each item
    std::string output;                    // the folder that gets what the submission prints
    std::vector<std::string> launcher;     // the sandbox command that starts a worker; empty: it is started as it is
    bool must_be_confined = false;         // a worker that the kernel does not let shut itself in is an error
    std::uint64_t seed = 0;                // of all inputs
    std::map<std::string, double> needed;  // the share of the BLAS floor's speed that passes, by the items of speed
    std::map<std::string, std::vector<std::string>> needs;  // by exercise, the exercises that its speed takes
    double budget_seconds = 0;                              // for the samples of one verdict
    double precision = 0;          // high over low of the interval of a speed before it is printed
    double seconds_per_batch = 0;  // of the matrix products of a batch, about (grader/machine/blas.py)
    std::map<std::string, std::vector<double>> loop_ratios;  // loop version / floor, by the same names
};

Settings& settings();

// Throws nlohmann's exceptions, which name what is missing.
Settings read_settings(const std::string& path);

#endif
