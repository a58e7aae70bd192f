// When a speed is proven: an interval for the median of a ratio, and the verdict that it allows.
#ifndef GRADER_JUDGE_SPEED_STATISTICS_HPP
#define GRADER_JUDGE_SPEED_STATISTICS_HPP

#include <cstddef>
#include <vector>

struct Interval {
    double median;
    double low;
    double high;
};

enum class Verdict { pass, fail, open };

// The sample median and an interval that holds the true median with a probability of at least 99.9 %, whatever the
// distribution of the noise: the order statistics that a fair coin would put around it. Needs at least one sample;
// with fewer than eleven no interval can promise as much, and it spans everything (0 to infinity).
Interval median_interval(std::vector<double> samples);

// Pass when the whole interval lies at or above the gate, fail when it lies below, otherwise open.
Verdict against_gate(const Interval& interval, double gate);

// The largest over the smallest of the middle 80 % of the samples, which are positive. Needs at least one sample.
double relative_spread(std::vector<double> samples);

// loop / floor in the quietest quarter of the rounds: those in which both took least, each by its own best round. What
// disturbs a round slows the two down by different factors, so a median over all rounds would tell how busy the machine
// was; of these it does not, as long as one round in seven is quiet. Needs as many samples of the one as of the other,
// at least one; seconds, positive.
std::vector<double> quiet_ratios(const std::vector<double>& loop, const std::vector<double>& floor);

// The loop version is off its ratio to the floor when it is this many times as slow or as fast as known. 0.01 to 0.05
// of it is what a request costs a short call of the loop version.
constexpr double most_disturbance = 1.125;

// The numbers of the rounds in which the loop version kept its ratio to the floor, and the floor took no more than a
// quarter above its median: on a busy core both are slow by the same factor now and then, by chance. `disturbance`
// holds for each round its ratio there over the one that is known of this machine, `floor` its seconds; as many of the
// one as of the other, all positive.
std::vector<std::size_t> quiet_rounds(const std::vector<double>& disturbance, const std::vector<double>& floor);

// In a quarter of the rounds or more, and in six at least, the loop version is faster than it is known to be, by more
// than `most_disturbance`: that was measured on a busy core, or the floor is slow just now. What reads memory beside
// slows down the floor more than the loops, but by less than that.
bool is_faster_than_known(const std::vector<double>& disturbance);

// The values of these rounds; all of them are in `values`.
std::vector<double> chosen(const std::vector<double>& values, const std::vector<std::size_t>& rounds);

// One gate is enough; what fails both fails.
Verdict either(Verdict first, Verdict second);

// Both gates must be passed; one that is failed decides.
Verdict both(Verdict first, Verdict second);

// Too good to be true: clearly four times as fast as the matrix products alone, or done before the images can have been
// read. `efficiency` holds floor / submission of each round, the other two CPU seconds.
bool beats_its_floors(const std::vector<double>& submission, const std::vector<double>& efficiency,
                      const std::vector<double>& memory);

#endif
