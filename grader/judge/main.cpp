// The judge: a Catch2 program whose test cases are the items of a grade. grader/grade.py starts it:
//
//   judge --objects DIR --results FILE --output DIR --inputs SEED [--launcher FILE] [Catch2's own arguments]
#define CATCH_CONFIG_RUNNER
#include <algorithm>
#include <fstream>
#include <iostream>

#include "grader/catch.hpp"
#include "grader/judge/settings.hpp"

Settings& settings() {
    static Settings the_settings;
    return the_settings;
}

namespace {

void read_launcher() {
    if (settings().launcher_file.empty()) return;
    std::ifstream file(settings().launcher_file);
    for (std::string line; std::getline(file, line);)
        settings().launcher.push_back(line);
    // Without its sandbox a submission must not run at all.
    if (settings().launcher.empty()) throw std::runtime_error("no launcher in " + settings().launcher_file);
}

}  // namespace

int main(int argc, char** argv) try {
    using Catch::Clara::Opt;
    Catch::Session session;
    Settings& s = settings();
    session.cli(session.cli() | Opt(s.objects, "folder")["--objects"]("the submission's shared objects") |
                Opt(s.results, "file")["--results"]("gets a line of JSON for each item") |
                Opt(s.output, "folder")["--output"]("gets what the submission prints") |
                Opt(s.launcher_file, "file")["--launcher"]("the sandbox command, an argument a line") |
                Opt(s.required_speedup, "ratio")["--speedup"]("required over the loop version") |
                Opt(s.required_efficiency, "fraction")["--efficiency"]("required, of the BLAS floor") |
                Opt(s.budget_seconds, "seconds")["--budget"]("for the samples of one verdict") |
                Opt(s.seed, "number")["--inputs"]("the seed of all inputs"));
    const int usage = session.applyCommandLine(argc, argv);
    if (usage != 0) return usage;
    read_launcher();
    // Failed items are a result and no error of this program; more than 255 would wrap around to 0 anyway.
    const int failed = session.run();
    return failed < 0 ? 1 : 0;
} catch (const std::exception& error) {
    std::cerr << "judge: " << error.what() << '\n';
    return 2;
}
