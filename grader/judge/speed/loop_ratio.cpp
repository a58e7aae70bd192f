// Rounds of loop version, floor, floor, loop version for as long as a verdict may take; see loop_ratio.hpp.
#include "grader/judge/speed/loop_ratio.hpp"

#include <chrono>

#include "grader/judge/item.hpp"
#include "grader/judge/settings.hpp"
#include "grader/judge/speed/neighbour.hpp"
#include "grader/judge/speed/timed_worker.hpp"

void measure_loop_version(const TimedCall& call) try {
    TimedWorker loop = loop_worker();
    TimedWorker floor = floor_worker();
    const arma::uword batches = batches_of_a_call(Images::in_cache);
    std::vector<double> loop_seconds, floor_seconds;
    const auto round = [&] {
        const protocol::Values first = call.fresh_arguments(Images::in_cache, batches);
        const protocol::Values second = call.fresh_arguments(Images::in_cache, batches);
        loop_seconds.push_back(0);
        floor_seconds.push_back(0);
        loop.call(call.of_grader, first, loop_seconds.back());
        floor.call(call.of_grader, first, floor_seconds.back());
        floor.call(call.of_grader, second, floor_seconds.back());
        loop.call(call.of_grader, second, loop_seconds.back());
    };
    const auto start = std::chrono::steady_clock::now();
    const std::chrono::duration<double> budget(settings().budget_seconds);
    do {
        round();
        // A neighbour that stays on one core must not have a part in all rounds. The first rounds on another core are
        // slower, hence four.
        if (loop_seconds.size() % 4 == 0) next_processor();
    } while (std::chrono::steady_clock::now() - start < budget || loop_seconds.size() < 20);
    write_line({{"kind", "loop ratios"},
                {"name", current_item().name},
                {"ratios", quiet_ratios(loop_seconds, floor_seconds)}});
} catch (const CallFailed& failure) { end_item("error", failure.text); }
