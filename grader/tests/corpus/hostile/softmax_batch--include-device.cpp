// case: includes a device that never ends
// compiles: no
#include "/dev/zero"
