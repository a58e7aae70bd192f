// Which rounds count when another program is on the core.
#include <random>

#include "grader/judge/catch.hpp"
#include "grader/judge/speed/neighbour.hpp"
#include "grader/judge/speed/statistics.hpp"

namespace {

// Their numbers stand in `submission`, which no rule looks at.
std::vector<Round> rounds_of(const std::vector<double>& disturbance, const std::vector<double>& floor) {
    std::vector<Round> rounds;
    for (std::size_t i = 0; i < disturbance.size(); ++i)
        rounds.push_back({static_cast<double>(i), floor[i], disturbance[i]});
    return rounds;
}

std::vector<double> numbers(const std::vector<Round>& rounds) { return times(rounds, &Round::submission); }

}  // namespace

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
    const std::vector<Round> rounds = rounds_of({1.0, 1.35, 0.95, 0.8, 1.1, 1.2, 0.9}, {3, 3, 3, 3, 3, 3, 3});
    CHECK(numbers(quiet_rounds(rounds)) == std::vector<double>{0, 2, 4, 6});
    CHECK(quiet_rounds({}).empty());
}

TEST_CASE("a round does not count when the floor was slow, though the loop version was as slow") {
    const std::vector<Round> rounds = rounds_of({1, 1, 1, 1, 1}, {4, 4.9, 5.1, 3, 4});
    CHECK(numbers(quiet_rounds(rounds)) == std::vector<double>{0, 1, 3, 4});
}

TEST_CASE("there is a neighbour when fewer than half of the rounds are quiet") {
    const std::vector<double> floor(11, 3.0);
    CHECK(has_a_neighbour(rounds_of({1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}, floor)));
    CHECK_FALSE(has_a_neighbour(rounds_of({1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2}, floor)));
    CHECK_FALSE(has_a_neighbour({}));
}

TEST_CASE("the loop version is faster than known when a quarter of the rounds say so, and six") {
    const auto is_faster = [](const std::vector<double>& disturbance) {
        return loop_is_faster_than_known(rounds_of(disturbance, std::vector<double>(disturbance.size(), 3.0)));
    };
    std::vector<double> disturbance(18, 1.05);
    disturbance.resize(23, 0.8);
    CHECK_FALSE(is_faster(disturbance));
    disturbance.push_back(0.8);
    CHECK(is_faster(disturbance));
    disturbance.resize(28, 1.3);
    CHECK_FALSE(is_faster(disturbance));
    CHECK_FALSE(is_faster(std::vector<double>(100, 0.9)));
    CHECK_FALSE(is_faster({}));
}
