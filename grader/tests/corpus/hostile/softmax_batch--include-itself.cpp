// case: includes itself twice, again and again
// compiles: no
#include __FILE__
#include __FILE__
