// The judge: a Catch2 program whose test cases are the items of a grade. grader/grade/grade.py starts it:
//
//   judge --settings FILE [Catch2's own arguments]
#define CATCH_CONFIG_RUNNER
#include <sys/prctl.h>

#include <csignal>
#include <iostream>

#include "grader/judge/catch.hpp"
#include "grader/judge/settings.hpp"

int main(int argc, char** argv) try {
    // No life without the grader, whatever ended it; nor has a worker one without the judge.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // Where worker and judge belong to one user, the memory of the judge stays closed to the worker.
    ::prctl(PR_SET_DUMPABLE, 0);
    Catch::Session session;
    std::string path;
    using Catch::Clara::Opt;
    session.cli(session.cli() |
                Opt(path, "file")["--settings"]("what grader/grade/grade.py has written for the judge"));
    const int usage = session.applyCommandLine(argc, argv);
    if (usage != 0) return usage;
    settings() = read_settings(path);
    // Failed items are a result and no error of this program.
    session.run();
    return 0;
} catch (const std::exception& error) {
    std::cerr << "judge: " << error.what() << '\n';
    return 2;
}
