// The functions of the contract, listed once: the entry object fills the pointers in, the worker calls through them.
#ifndef GRADER_WORKER_FUNCTIONS_HPP
#define GRADER_WORKER_FUNCTIONS_HPP

#include "softmax_reg_vec.hpp"
#include "vec_exos.hpp"

// Applies X to each function of a submission.
#define LAB_FUNCTIONS(X)                                                                                               \
    X(train_with_validation)                                                                                           \
    X(train_sgd_vec)                                                                                                   \
    X(train_sgd_fast)                                                                                                  \
    X(softmax_batch)                                                                                                   \
    X(cross_entropy_loss_batch)                                                                                        \
    X(grad_batch)                                                                                                      \
    X(evaluate)                                                                                                        \
    X(center_rows)                                                                                                     \
    X(normalize_columns)                                                                                               \
    X(log_sum_exp)                                                                                                     \
    X(one_hot)                                                                                                         \
    X(pick_per_column)                                                                                                 \
    X(argmax_per_column)                                                                                               \
    X(accuracy)                                                                                                        \
    X(squared_distances)                                                                                               \
    X(sum_outer_products)                                                                                              \
    X(least_squares)

// A pointer is null where no loaded object defines its function with the signature of the contract.
struct Functions {
#define LAB_POINTER(name) decltype(&::name) name;
    LAB_FUNCTIONS(LAB_POINTER)
#undef LAB_POINTER
};

#endif
