// The interval of a median from order statistics; see statistics.hpp. Source: the sign test, in any textbook of
// nonparametric statistics; the number of samples below the true median is binomial with probability one half.
#include "grader/judge/speed/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace {

constexpr double error_on_each_side = 0.0005;

// The largest k with P(Binomial(n, 1/2) < k) <= error: that many samples may be cut off at each end. 0: none may.
std::size_t cut(std::size_t n) {
    double probability = std::pow(0.5, static_cast<double>(n));
    double sum = probability;
    std::size_t k = 0;
    while (sum <= error_on_each_side && k < n / 2) {
        ++k;
        probability *= static_cast<double>(n - k + 1) / static_cast<double>(k);
        sum += probability;
    }
    return k;
}

}  // namespace

Interval median_interval(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    const std::size_t n = samples.size();
    const double median = (samples[(n - 1) / 2] + samples[n / 2]) / 2;
    const std::size_t k = cut(n);
    if (k == 0) return {median, 0.0, std::numeric_limits<double>::infinity()};
    return {median, samples[k - 1], samples[n - k]};
}

Verdict against_gate(const Interval& interval, double gate) {
    if (interval.low >= gate) return Verdict::pass;
    return interval.high < gate ? Verdict::fail : Verdict::open;
}

double relative_spread(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    const std::size_t last = samples.size() - 1;
    return samples[last - last / 10] / samples[last / 10];
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

std::vector<std::size_t> quiet_rounds(const std::vector<double>& disturbance, const std::vector<double>& floor) {
    std::vector<std::size_t> rounds;
    if (floor.empty()) return rounds;
    const double slow_floor = 1.25 * median_interval(floor).median;
    for (std::size_t round = 0; round < disturbance.size(); ++round) {
        const double ratio = disturbance[round];
        if (std::max(ratio, 1 / ratio) <= most_disturbance && floor[round] <= slow_floor) rounds.push_back(round);
    }
    return rounds;
}

bool is_faster_than_known(const std::vector<double>& disturbance) {
    constexpr std::size_t least = 6;
    const auto is_faster = [](double of_a_round) { return of_a_round < 1 / most_disturbance; };
    const auto count = static_cast<std::size_t>(std::count_if(disturbance.begin(), disturbance.end(), is_faster));
    return count >= std::max(least, disturbance.size() / 4);
}

std::vector<double> chosen(const std::vector<double>& values, const std::vector<std::size_t>& rounds) {
    std::vector<double> result;
    result.reserve(rounds.size());
    for (const std::size_t round : rounds)
        result.push_back(values[round]);
    return result;
}

Verdict either(Verdict first, Verdict second) {
    if (first == Verdict::pass || second == Verdict::pass) return Verdict::pass;
    return first == Verdict::fail && second == Verdict::fail ? Verdict::fail : Verdict::open;
}

Verdict both(Verdict first, Verdict second) {
    if (first == Verdict::fail || second == Verdict::fail) return Verdict::fail;
    return first == Verdict::pass && second == Verdict::pass ? Verdict::pass : Verdict::open;
}

bool beats_its_floors(const std::vector<double>& submission, const std::vector<double>& efficiency,
                      const std::vector<double>& memory) {
    constexpr double times_the_products = 4.0;
    return median_interval(efficiency).low > times_the_products ||
           median_interval(submission).high < median_interval(memory).median;
}
