// From rounds in memory to the figures of the bonus; see fast_epoch.hpp.
#include "grader/judge/speed/fast_epoch.hpp"

#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/peak.hpp"
#include "grader/judge/speed/rounds.hpp"
#include "grader/judge/speed/statistics.hpp"
#include "grader/judge/worker_process.hpp"

namespace {

bool is_known(const Samples& samples) {
    const Interval share = median_interval(shares(samples.rounds));
    return share.high <= settings().precision * share.low;
}

bool never(const Samples&) { return false; }

double median(const std::vector<double>& values) { return median_interval(values).median; }

}  // namespace

void measure_fast_epoch(const TimedCall& call) try {
    const Samples samples = sample(call, Images::in_memory, is_known, never);
    const Interval share = median_interval(shares(samples.rounds));
    const std::vector<double> seconds = times(samples.rounds, &Round::submission);
    const double own = median(seconds), floor = median(times(samples.rounds, &Round::floor));
    nlohmann::json& fast = current_item().pictures["fast"];
    fast = {{"time", 1 / share.median},
            {"time_interval", {1 / share.high, 1 / std::max(share.low, 1e-9)}},
            {"images", 64 * batches_of_a_call(Images::in_memory)},
            {"submission_seconds", own},
            {"floor_seconds", floor},
            {"memory_seconds", median(samples.memory)},
            {"operations", operations_of(call, Images::in_memory)}};
    if (const double peak = seconds_at_peak(call, Images::in_memory, std::min(own, floor)); peak > 0)
        fast["arithmetic_seconds"] = peak;
    if (beats_its_floors(seconds, shares(samples.rounds), samples.memory))
        current_item().flag = tr("faster than the work that it stands for can be done: read this code");
} catch (const CallFailed& failure) { end_item_for(failure, call.function); }
