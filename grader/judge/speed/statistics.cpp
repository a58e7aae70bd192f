// The interval of a median from order statistics; see statistics.hpp. Source: the sign test, in any textbook of
// nonparametric statistics; the number of samples below the true median is binomial with probability one half.
#include "grader/judge/speed/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

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

bool beats_its_floors(const std::vector<double>& submission, const std::vector<double>& share,
                      const std::vector<double>& memory) {
    constexpr double times_the_products = 4.0;
    return median_interval(share).low > times_the_products ||
           median_interval(submission).high < median_interval(memory).median;
}
