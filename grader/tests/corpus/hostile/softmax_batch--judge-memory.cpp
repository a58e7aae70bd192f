// case: reads what the judge expects from its memory
// says: should be
#include "softmax_reg_vec.hpp"

#include <fcntl.h>
#include <fstream>
#include <string>
#include <sys/syscall.h>
#include <unistd.h>

static void reached(const char* what) { dprintf(1, "REACHED %s\n", what); }

// The parent process, which getppid() is not allowed to tell.
static int parent() {
    std::ifstream file("/proc/self/stat");
    int pid = 0;
    std::string name, state;
    file >> pid >> name >> state >> pid;
    return pid;
}

arma::mat softmax_batch(const arma::mat& logits) {
    const std::string judge = "/proc/" + std::to_string(parent());
    std::string name;
    std::getline(std::ifstream(judge + "/comm"), name);
    for (const char* file : {"/mem", "/maps", "/environ", "/fd/3"})
        if (name == "judge" && open((judge + file).c_str(), O_RDONLY) >= 0) reached(file);
    return arma::mat(arma::size(logits), arma::fill::zeros);
}
