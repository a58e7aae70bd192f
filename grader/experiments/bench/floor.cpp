// The BLAS floor of grader/worker/objects/blas_floor.cpp under a name of its own, so that the answers can stand beside
// it.
#define train_sgd_vec floor_epoch
#define evaluate floor_evaluate
#include "grader/worker/objects/blas_floor.cpp"
