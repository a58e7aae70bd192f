"""The names that the rules know: what may be included and called, and what must not be. Tables only, no code."""

CONTRACT_HEADERS = {"softmax_reg_vec.hpp", "vec_exos.hpp"}
LOOP_HEADER = "softmax_reg.hpp"

# Headers that do no harm: what is used of them is judged in the tree.
HARMLESS_HEADERS = set(
    """armadillo algorithm array cassert cctype cfloat chrono climits cmath complex cstddef cstdint cstdio cstdlib
    cstring ctime exception functional initializer_list iomanip ios iosfwd iostream istream iterator limits map
    memory new numeric optional ostream random set sstream stdexcept string string_view tuple type_traits
    typeinfo unordered_map unordered_set utility variant vector assert.h float.h limits.h math.h stddef.h
    stdint.h stdio.h stdlib.h string.h immintrin.h arm_neon.h""".split()
)

# Reserved names that are harmless: those that honest code uses, and what macros of the headers (assert, NAN, INFINITY,
# NULL, errno, CLOCKS_PER_SEC) become.
HARMLESS_RESERVED = set(
    """__func__ __FUNCTION__ __PRETTY_FUNCTION__ __assert_fail __extension__ __builtin_FILE __builtin_LINE
    __builtin_nan __builtin_nanf __builtin_inf __builtin_inff __builtin_huge_val __builtin_huge_valf __null
    __errno_location __clock_t""".split()
)
# They change no code.
HARMLESS_PRAGMAS = r"#\s*pragma\s+(once|region|endregion|message|STDC|GCC (diagnostic|warning))\b"
HARMLESS_ATTRIBUTES = {
    "nodiscard", "maybe_unused", "deprecated", "fallthrough", "likely", "unlikely", "noreturn",
}  # fmt: skip

# Where libstdc++ declares its algorithms, and those of them that look at two or three values only.
ALGORITHM_HEADERS = {
    "stl_algo.h", "stl_algobase.h", "stl_numeric.h", "stl_heap.h", "stl_uninitialized.h", "algorithmfwd.h",
    "algorithm", "numeric", "ranges_algo.h", "ranges_algobase.h", "ranges_uninitialized.h",
    "glue_algorithm_defs.h", "glue_numeric_defs.h", "glue_memory_defs.h",
}  # fmt: skip
SCALAR_ALGORITHMS = {"min", "max", "minmax", "clamp", "swap", "iter_swap", "gcd", "lcm", "midpoint", "lerp"}

ARMADILLO_LOOPS = {"for_each", "transform", "imbue"}
ARMADILLO_EACH = {"each_row", "each_col", "each_slice"}
ARMADILLO_FILES = {"save", "load", "quiet_save", "quiet_load"}

# Functions of the C library and the system live in the global namespace; these few do only arithmetic or print.
HARMLESS_C = set(
    """abs labs llabs fabs exp exp2 expm1 log log2 log10 log1p logb ilogb pow sqrt cbrt hypot sin cos tan asin acos
    atan atan2 sinh cosh tanh asinh acosh atanh erf erfc tgamma lgamma ceil floor trunc round lround llround
    rint lrint llrint nearbyint fmod remainder fma fmax fmin fdim frexp ldexp modf scalbn copysign nan isnan
    isinf isfinite signbit fpclassify nextafter div printf puts putchar fprintf snprintf fflush __assert_fail
    __assert clock time difftime rand srand strlen strcmp memcpy memset memmove sprintf atoi atof strtod""".split()
)
HARMLESS_BUILTINS = ("__builtin_nan", "__builtin_inf", "__builtin_huge_val")
# What a file that may use any means has beside: vectors, intrinsics, prefetching, and a function for each processor.
# None of it keeps a value between calls, runs by itself or leaves the process.
OF_SPEED_RESERVED = (
    r"__builtin_(prefetch|cpu_supports|cpu_init|assume_aligned|expect|shuffle|shufflevector|convertvector|fma)"
    r"|__m(64|128|256|512)[di]?|__mmask\d+|__restrict(__)?|__attribute(__)?"
)
OF_SPEED_FUNCTIONS = r"_mm\w+|__builtin_(prefetch|cpu_supports|cpu_init|assume_aligned|expect|fma)"
OF_SPEED_ATTRIBUTES = {
    "target", "target_clones", "optimize", "always_inline", "noinline", "flatten", "hot", "vector_size", "aligned",
    "may_alias",
}  # fmt: skip
SYSTEM_PARTS_OF_STD = {
    "thread", "jthread", "this_thread", "async", "future", "promise", "packaged_task", "mutex", "timed_mutex",
    "recursive_mutex", "recursive_timed_mutex", "shared_mutex", "shared_timed_mutex", "unique_lock", "shared_lock",
    "lock_guard", "scoped_lock", "condition_variable", "condition_variable_any", "atomic", "filesystem", "terminate",
    "set_terminate", "set_new_handler", "call_once", "pmr",
}  # fmt: skip
FILES_OF_STD = {"basic_ifstream", "basic_ofstream", "basic_fstream", "basic_filebuf"}

# What the training loop calls; every other function of the contract stands alone in its file.
BATCH_FUNCTIONS = frozenset({"softmax_batch", "cross_entropy_loss_batch", "grad_batch"})
FOREIGN_NAMESPACES = {"std", "arma", "lab", "loops", "__gnu_cxx"}

# Armadillo's types of an expression that is not computed yet and that refers to its operands.
DELAYED_TYPES = set(
    """Glue eGlue Op eOp mtOp mtGlue CubeToMatOp GlueCube eGlueCube OpCube eOpCube mtOpCube mtGlueCube SpOp SpGlue
    mtSpOp mtSpGlue mtSpReduceOp SpToDOp SpToDGlue subview_each1 subview_each2 subview_cube_each1
    subview_cube_each2 subview_elem1 subview_elem2""".split()
)
