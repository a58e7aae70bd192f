// Says which BLAS this program is linked with and how fast it multiplies the shapes of a training batch, as one line
// of JSON. grader/blas.py runs it once for each kind of kernel that the processor supports.
#include <dlfcn.h>

#include <algorithm>
#include <armadillo>
#include <ctime>
#include <nlohmann/json.hpp>

namespace {

double cpu_seconds() {
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

// The CPU time of the two products of a batch of 64 images; the least of many, since noise only ever adds.
double seconds_per_batch() {
    const arma::mat images(784, 64, arma::fill::randu);
    const arma::mat W(784, 10, arma::fill::randu);
    double least = 1e9;
    double sink = 0;
    const double start = cpu_seconds();
    for (int i = 0; i < 400 && cpu_seconds() - start < 0.06; ++i) {
        const double before = cpu_seconds();
        const arma::mat logits = W.t() * images;
        const arma::mat gradient = images * logits.t();
        least = std::min(least, cpu_seconds() - before);
        sink += gradient(0);
    }
    return sink > 0 ? least : 1e9;
}

// OpenBLAS says by itself what it is; another library is known by the file that dgemm comes from.
std::string text_of(const char* function) {
    using Ask = const char* (*)();
    const auto ask = reinterpret_cast<Ask>(::dlsym(RTLD_DEFAULT, function));
    return ask == nullptr ? "" : ask();
}

std::string library_file() {
    Dl_info info{};
    void* dgemm = ::dlsym(RTLD_DEFAULT, "dgemm_");
    return dgemm != nullptr && ::dladdr(dgemm, &info) != 0 ? info.dli_fname : "";
}

}  // namespace

int main() {
    const double seconds = seconds_per_batch();
    const nlohmann::json json{{"file", library_file()},
                              {"config", text_of("openblas_get_config")},
                              {"core", text_of("openblas_get_corename")},
                              {"seconds_per_batch", seconds}};
    std::puts(json.dump().c_str());
}
