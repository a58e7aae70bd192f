// The item that is being judged: what a check says of it beyond pass or fail, and the line of JSON that it becomes.
// The checks fill it in; the listener in item.cpp starts it with each test case and writes it at its end.
#ifndef GRADER_JUDGE_ITEM_HPP
#define GRADER_JUDGE_ITEM_HPP

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "grader/judge/text.hpp"

struct SpeedFigures {
    double loop_seconds = 0, submission_seconds = 0, floor_seconds = 0;  // CPU time, medians
    double operations = 0;                                               // of the products of a call
    double arithmetic_seconds = 0;                                       // of these at the peak; 0: not known
    double ratio = 0, ratio_low = 0, ratio_high = 0;                     // speedup over the loop version
    double efficiency = 0, efficiency_low = 0, efficiency_high = 0;      // of the BLAS floor
    double needed = 0;                                                   // the efficiency that passes here
    std::vector<double> loop_samples, submission_samples, floor_samples;
    std::vector<double> memory_samples;  // of reading the inputs once: shown, not graded
    bool is_rough = false;               // something else was at work on the same core, in most rounds
};

struct Item {
    std::string exercise;  // from the name of the test case, "exercise: name"
    std::string name;
    std::string stage;
    std::string status;  // empty: as Catch2 counts it
    Text message;
    Text hint;
    std::string expected;
    std::string actual;
    Text flag;  // for the instructor: what looks odd without being wrong
    bool has_speed = false;
    SpeedFigures speed;
    nlohmann::json pictures = nlohmann::json::object();  // for the page: "matrices", "curves", "model"
};

Item& current_item();

// For the caller of the judge, beside the lines of the items: an object with a "kind" of its own.
void write_line(const nlohmann::json& line);

// End the running test case. `message` is for the student.
[[noreturn]] void fail_item(const Text& message, const Text& hint = {});
[[noreturn]] void end_item(const std::string& status, const Text& message);

#endif
