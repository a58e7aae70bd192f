// A shared library that stands before the system's BLAS, as an old OpenBLAS on a processor that it does not know: one
// function (FUNCTION) gives slightly wrong numbers, or crashes (CRASHES), with some kernels (KERNELS; empty: with all).
// Built by grader/tests/machine/test_blas.py, which preloads it.
#include <dlfcn.h>

#include <csignal>
#include <cstring>

namespace {

template <class Function> Function* real(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool is_wrong_with(const char* kernels) {
    if (std::strlen(KERNELS) == 0) return true;
    const auto ask = real<const char*()>("openblas_get_corename");
    return ask != nullptr && std::strstr(kernels, ask()) != nullptr;
}

// `numbers` has just been computed by the function of this name.
void spoil(const char* function, double* numbers) {
    if (std::strcmp(function, FUNCTION) != 0 || !is_wrong_with(KERNELS)) return;
    if (CRASHES) std::raise(SIGILL);
    numbers[0] += 1e-9 * (1 + numbers[0]);
}

}  // namespace

extern "C" {

void dgemm_(const char* ta, const char* tb, const int* m, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* b, const int* ldb, const double* beta, double* c,
            const int* ldc) {
    real<decltype(dgemm_)>("dgemm_")(ta, tb, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc);
    spoil("dgemm", c);
}

void dgemv_(const char* trans, const int* m, const int* n, const double* alpha, const double* a, const int* lda,
            const double* x, const int* incx, const double* beta, double* y, const int* incy) {
    real<decltype(dgemv_)>("dgemv_")(trans, m, n, alpha, a, lda, x, incx, beta, y, incy);
    spoil("dgemv", y);
}

void dgels_(const char* trans, const int* m, const int* n, const int* columns, double* a, const int* lda, double* b,
            const int* ldb, double* work, const int* lwork, int* info) {
    real<decltype(dgels_)>("dgels_")(trans, m, n, columns, a, lda, b, ldb, work, lwork, info);
    spoil("dgels", b);
}

#ifdef IS_OPENBLAS  // without them it is taken for another library
const char* openblas_get_config() { return real<decltype(openblas_get_config)>("openblas_get_config")(); }
const char* openblas_get_corename() { return real<decltype(openblas_get_corename)>("openblas_get_corename")(); }
#endif
}
