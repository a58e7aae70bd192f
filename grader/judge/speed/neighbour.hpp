// Which rounds a neighbour on the core has disturbed: another program, most likely of another virtual machine. It slows
// scalar loops and BLAS by different factors, so loop / floor leaves its known value. Only the grader's own times
// decide here, because a submission must not choose the rounds that count. No verdict of the record rests on this
// (maintenance/reliability/RECORD.md); it makes the printed figure steady.
#ifndef GRADER_JUDGE_SPEED_NEIGHBOUR_HPP
#define GRADER_JUDGE_SPEED_NEIGHBOUR_HPP

#include <vector>

// One round: floor, submission, submission, floor, and a short call of the loop version.
struct Round {
    double submission;   // CPU seconds of a call, the mean of two
    double floor;        // the same of the BLAS floor
    double disturbance;  // loop / floor of this round, over its known value; 1 without a neighbour

    double share() const { return floor / submission; }  // of the BLAS floor's speed
};

std::vector<double> shares(const std::vector<Round>& rounds);
std::vector<double> times(const std::vector<Round>& rounds, double Round::*of);

// A round counts as disturbed from this factor on. A request costs a short call of the loop version 0.01 to 0.05 of it.
constexpr double most_disturbance = 1.125;

// The rounds whose disturbance lies within `most_disturbance` and whose floor took at most 1.25 times the median: on a
// busy core loop and floor are slow by the same factor now and then, by chance (65c3b64).
std::vector<Round> quiet_rounds(const std::vector<Round>& rounds);

// Fewer than half of the rounds are quiet. False without any round.
bool has_a_neighbour(const std::vector<Round>& rounds);

// In a quarter of the rounds, and in six at least, the loop version is faster than known by more than
// `most_disturbance`: its known time was measured on a busy core, or the floor is slow just now. A program that reads
// memory slows the floor by less than that (576e957).
bool loop_is_faster_than_known(const std::vector<Round>& rounds);

// loop / floor in the quietest quarter of the rounds: those in which both took least, each over its own best round. A
// median over all rounds would tell how busy the machine was. One quiet round in seven is enough. Both hold positive
// seconds, one value a round, at least one.
std::vector<double> quiet_ratios(const std::vector<double>& loop, const std::vector<double>& floor);

#endif
