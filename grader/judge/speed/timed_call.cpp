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

double loop_ratio() { return median_interval(settings().loop_ratios.at(current_item().name)).median; }

double needed_share() { return settings().needed.at(current_item().name); }
