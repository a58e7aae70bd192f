// The program that runs the C++ tests of this folder.
#define CATCH_CONFIG_MAIN
#include "grader/judge/catch.hpp"

#if defined(CATCH_VERSION_MAJOR) && CATCH_VERSION_MAJOR >= 3
int main(int argc, char** argv) { return Catch::Session().run(argc, argv); }
#endif
