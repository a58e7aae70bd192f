// case: errors by the thousand
// compiles: no
// says: an error
#define E static_assert(false, "an error that is very long, an error that is very long, an error that is very long");
#define E0 E E
#define E1 E0 E0
#define E2 E1 E1
#define E3 E2 E2
#define E4 E3 E3
#define E5 E4 E4
#define E6 E5 E5
#define E7 E6 E6
#define E8 E7 E7
#define E9 E8 E8
#define E10 E9 E9
#define E11 E10 E10
#define E12 E11 E11
#define E13 E12 E12
E13
