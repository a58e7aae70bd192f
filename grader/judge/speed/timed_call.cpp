// Look-ups in the settings for the running item; see timed_call.hpp.
#include "grader/judge/speed/timed_call.hpp"

#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/statistics.hpp"

arma::uword batches_of_a_call(Images images) {
    constexpr double least_seconds = 0.002;
    if (images == Images::in_memory || 64 * settings().seconds_per_batch >= least_seconds) return 64;
    return 128;
}

void end_item_for(const CallFailed& failure, const std::string& function) {
    if (failure.kind == CallFailed::Kind::grader) end_item("error", failure.text);
    const Text message = tr("{function} {failure}", {{"function", function}, {"failure", failure.text}});
    if (failure.kind == CallFailed::Kind::stub) end_item("todo", message);
    fail_item(message);
}

double loop_ratio() { return median_interval(settings().loop_ratios.at(current_item().name)).median; }

double needed_share() { return settings().needed.at(current_item().name); }
