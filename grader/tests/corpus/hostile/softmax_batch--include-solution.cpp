// case: includes the answer
// compiles: no in the sandbox
#include "@ROOT@/solutions/softmax_batch.cpp"
