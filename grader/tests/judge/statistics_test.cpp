// The interval of the median and the verdicts of the gates.
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

TEST_CASE("how busy the machine was does not show in the ratio of quiet rounds") {
    // A neighbour slows the loops down by 1.6 and the products by 1.3, in four rounds of five or in none.
    std::mt19937 random(5);
    std::uniform_real_distribution<double> jitter(1.0, 1.02);
    for (const bool busy : {false, true}) {
        std::vector<double> loop, floor;
        for (int round = 0; round < 200; ++round) {
            const bool disturbed = busy && round % 5 != 0;
            loop.push_back(6.0 * jitter(random) * (disturbed ? 1.6 : 1.0));
            floor.push_back(jitter(random) * (disturbed ? 1.3 : 1.0));
        }
        const std::vector<double> ratios = quiet_ratios(loop, floor);
        CHECK(ratios.size() == 50);
        CHECK(median_interval(ratios).median == Catch::Approx(6.0).epsilon(0.03));
    }
    CHECK(quiet_ratios({6.0}, {2.0}) == std::vector<double>{3.0});
}

TEST_CASE("a round counts when the loop version kept its ratio to the floor") {
    const std::vector<double> disturbance{1.0, 1.35, 0.95, 0.8, 1.1, 1.2, 0.9};
    CHECK(quiet_rounds(disturbance, {3, 3, 3, 3, 3, 3, 3}) == std::vector<std::size_t>{0, 2, 4, 6});
    CHECK(quiet_rounds({}, {}).empty());
    CHECK(chosen({1.5, 2.5, 3.5}, {0, 2}) == std::vector<double>{1.5, 3.5});
}

TEST_CASE("a round does not count when the floor was slow, though the loop version was as slow") {
    CHECK(quiet_rounds({1, 1, 1, 1, 1}, {4, 4.9, 5.1, 3, 4}) == std::vector<std::size_t>{0, 1, 3, 4});
}

TEST_CASE("the loop version is faster than known when a quarter of the rounds say so, and six") {
    std::vector<double> disturbance(18, 1.05);
    disturbance.resize(23, 0.8);
    CHECK_FALSE(is_faster_than_known(disturbance));
    disturbance.push_back(0.8);
    CHECK(is_faster_than_known(disturbance));
    disturbance.resize(28, 1.3);
    CHECK_FALSE(is_faster_than_known(disturbance));
    CHECK_FALSE(is_faster_than_known(std::vector<double>(100, 0.9)));
    CHECK_FALSE(is_faster_than_known({}));
}

TEST_CASE("of two ways to be fast one is enough") {
    CHECK(either(Verdict::fail, Verdict::pass) == Verdict::pass);
    CHECK(either(Verdict::open, Verdict::fail) == Verdict::open);
    CHECK(either(Verdict::fail, Verdict::fail) == Verdict::fail);
}

TEST_CASE("both gates count, and a failed one decides") {
    CHECK(both(Verdict::pass, Verdict::pass) == Verdict::pass);
    CHECK(both(Verdict::pass, Verdict::open) == Verdict::open);
    CHECK(both(Verdict::open, Verdict::fail) == Verdict::fail);
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
