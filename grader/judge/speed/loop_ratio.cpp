// Rounds of loop version, floor, floor, loop version for as long as a verdict may take; see loop_ratio.hpp.
#include "grader/judge/speed/loop_ratio.hpp"

#include <chrono>

#include "grader/judge/settings.hpp"
#include "grader/judge/speed/rounds.hpp"
#include "grader/judge/speed/timed_worker.hpp"

double loop_ratio() { return median_interval(settings().loop_ratios.at(current_item().name)).median; }

void measure_loop_version(const Contest& contest) try {
    TimedWorker loop = loop_worker();
    TimedWorker floor = floor_worker();
    const arma::uword batches = batches_of_a_call(Images::in_cache);
    std::vector<double> loop_seconds, floor_seconds;
    const auto round = [&] {
        const protocol::Values first = contest.fresh_arguments(Images::in_cache, batches);
        const protocol::Values second = contest.fresh_arguments(Images::in_cache, batches);
        loop_seconds.push_back(0);
        floor_seconds.push_back(0);
        loop.call(contest.function, first, loop_seconds.back());
        floor.call(contest.function, first, floor_seconds.back());
        floor.call(contest.function, second, floor_seconds.back());
        loop.call(contest.function, second, loop_seconds.back());
    };
    const auto start = std::chrono::steady_clock::now();
    const std::chrono::duration<double> budget(settings().budget_seconds);
    do {
        round();
        // A neighbour that stays on one core must not have a part in all rounds. The first rounds on another are
        // slower.
        if (loop_seconds.size() % 4 == 0) next_processor();
    } while (std::chrono::steady_clock::now() - start < budget || loop_seconds.size() < 20);
    current_item().pictures["ratios"] = quiet_ratios(loop_seconds, floor_seconds);
} catch (const CallFailed& failure) { end_item("error", failure.text); }
