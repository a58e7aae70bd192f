// The interval of the median and the verdict that it allows.
#include <algorithm>
#include <cmath>
#include <random>

#include "grader/judge/catch.hpp"
#include "grader/judge/speed/statistics.hpp"

TEST_CASE("too few samples prove nothing") {
    const Interval interval = median_interval({7, 7, 7, 7, 7, 7, 7, 7, 7, 7});
    CHECK(interval.median == 7);
    CHECK(against_gate(interval, 5) == Verdict::open);
    CHECK(against_gate(interval, 9) == Verdict::open);
    CHECK(against_gate(median_interval(std::vector<double>(11, 7.0)), 5) == Verdict::pass);
    CHECK(against_gate(median_interval(std::vector<double>(11, 7.0)), 9) == Verdict::fail);
}

TEST_CASE("a wild sample does not move the verdict") {
    std::vector<double> samples(30, 7.0);
    samples[3] = 0.01;
    samples[17] = 1000;
    CHECK(against_gate(median_interval(samples), 5) == Verdict::pass);
}

TEST_CASE("the interval holds the true median as often as promised") {
    std::mt19937 random(3);
    std::exponential_distribution<double> skewed(1.0);
    const double true_median = std::log(2.0);
    int misses = 0;
    for (int i = 0; i < 5000; ++i) {
        std::vector<double> samples(25);
        for (double& sample : samples)
            sample = skewed(random);
        const Interval interval = median_interval(samples);
        if (true_median < interval.low || true_median > interval.high) ++misses;
    }
    CHECK(misses <= 15);
}

TEST_CASE("the spread is that of the middle 80 %") {
    CHECK(relative_spread(std::vector<double>(20, 3.0)) == 1);
    std::vector<double> samples;
    for (int i = 0; i <= 10; ++i)
        samples.push_back(10 + i);
    CHECK(relative_spread(samples) == Catch::Approx(19.0 / 11));
}

TEST_CASE("what is faster than its floors is too good to be true") {
    const auto twenty = [](double value) { return std::vector<double>(20, value); };
    CHECK_FALSE(beats_its_floors(twenty(1.0), twenty(0.9), twenty(0.2)));
    CHECK(beats_its_floors(twenty(1.0), twenty(4.1), twenty(0.2)));
    CHECK(beats_its_floors(twenty(1.0), twenty(0.9), twenty(1.1)));
    // Too few rounds say nothing.
    CHECK_FALSE(beats_its_floors({1.0, 1.0}, {9.0, 9.0}, {1.1, 1.1}));
}
