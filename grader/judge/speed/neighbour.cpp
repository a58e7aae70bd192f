// Rules on the times of rounds, without a clock or a worker; see neighbour.hpp.
#include "grader/judge/speed/neighbour.hpp"

#include <algorithm>
#include <numeric>

#include "grader/judge/speed/statistics.hpp"

std::vector<double> times(const std::vector<Round>& rounds, double Round::*of) {
    std::vector<double> result(rounds.size());
    std::transform(rounds.begin(), rounds.end(), result.begin(), [of](const Round& round) { return round.*of; });
    return result;
}

std::vector<double> shares(const std::vector<Round>& rounds) {
    std::vector<double> result(rounds.size());
    std::transform(rounds.begin(), rounds.end(), result.begin(), [](const Round& round) { return round.share(); });
    return result;
}

std::vector<Round> quiet_rounds(const std::vector<Round>& rounds) {
    std::vector<Round> quiet;
    if (rounds.empty()) return quiet;
    const double slow_floor = 1.25 * median_interval(times(rounds, &Round::floor)).median;
    std::copy_if(rounds.begin(), rounds.end(), std::back_inserter(quiet), [&](const Round& round) {
        return std::max(round.disturbance, 1 / round.disturbance) <= most_disturbance && round.floor <= slow_floor;
    });
    return quiet;
}

bool has_a_neighbour(const std::vector<Round>& rounds) { return 2 * quiet_rounds(rounds).size() < rounds.size(); }

bool loop_is_faster_than_known(const std::vector<Round>& rounds) {
    constexpr std::size_t least = 6;
    const auto faster = std::count_if(rounds.begin(), rounds.end(),
                                      [](const Round& round) { return round.disturbance < 1 / most_disturbance; });
    return static_cast<std::size_t>(faster) >= std::max(least, rounds.size() / 4);
}

std::vector<double> quiet_ratios(const std::vector<double>& loop, const std::vector<double>& floor) {
    const double best_loop = *std::min_element(loop.begin(), loop.end());
    const double best_floor = *std::min_element(floor.begin(), floor.end());
    std::vector<std::size_t> rounds(loop.size());
    std::iota(rounds.begin(), rounds.end(), 0);
    const auto disturbance = [&](std::size_t round) { return loop[round] / best_loop + floor[round] / best_floor; };
    std::sort(rounds.begin(), rounds.end(), [&](auto a, auto b) { return disturbance(a) < disturbance(b); });
    rounds.resize((rounds.size() + 3) / 4);
    std::vector<double> ratios;
    ratios.reserve(rounds.size());
    for (const std::size_t round : rounds)
        ratios.push_back(loop[round] / floor[round]);
    return ratios;
}
