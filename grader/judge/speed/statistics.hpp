// When a speed is proven: an interval for the median of a ratio, and the verdict that it allows.
#ifndef GRADER_JUDGE_SPEED_STATISTICS_HPP
#define GRADER_JUDGE_SPEED_STATISTICS_HPP

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

// Too good to be true: clearly four times as fast as the matrix products alone, or done before the images can have been
// read. `share` holds floor / submission of each round, the other two CPU seconds.
bool beats_its_floors(const std::vector<double>& submission, const std::vector<double>& share,
                      const std::vector<double>& memory);

#endif
