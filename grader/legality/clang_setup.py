"""Finds libclang and the headers that it needs, parses files, makes the precompiled header. Called by inspection.py
and the grader. Works with Debian's python3-clang 14 to 19 and pip's libclang, with or without a clang on the PATH."""

import functools
import re
from collections.abc import Sequence
from ctypes import c_void_p
from pathlib import Path

from clang import cindex

from grader.common.files import replacing

KEPT_FLAGS = ("-I", "-D", "-U", "-std=", "-isystem", "-idirafter", "-iquote", "-nostd", "-include")
LIBRARY_PATTERNS = ("/usr/lib/llvm-*/lib/libclang.so.1", "/usr/lib/*/libclang-*.so.*", "/usr/lib*/libclang.so*")


class ClangError(RuntimeError):
    """libclang or the headers that it needs are missing, or do not fit together: the grader's own trouble."""


def version_key(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


def glob_newest(pattern: str) -> list[Path]:
    return sorted(Path("/").glob(pattern.lstrip("/")), key=version_key, reverse=True)


@functools.cache
def library():
    """The loaded libclang. Where the bindings do not find it by themselves, the newest one installed is taken."""
    try:
        found = cindex.conf.lib
    except cindex.LibclangError:
        paths = [path for pattern in LIBRARY_PATTERNS for path in glob_newest(pattern)]
        if not paths:
            raise ClangError("libclang was not found: install python3-clang, then run the grader again") from None
        cindex.Config.set_compatibility_check(False)
        cindex.Config.set_library_file(str(paths[0]))
        found = cindex.conf.lib
    declare_printing(found)
    return found


def declare_printing(lib) -> None:
    """The bindings leave these two functions out."""
    lib.clang_getCursorPrintingPolicy.argtypes = [cindex.Cursor]
    lib.clang_getCursorPrintingPolicy.restype = c_void_p
    lib.clang_PrintingPolicy_dispose.argtypes = [c_void_p]
    lib.clang_PrintingPolicy_dispose.restype = None
    lib.clang_getCursorPrettyPrinted.argtypes = [cindex.Cursor, c_void_p]
    lib.clang_getCursorPrettyPrinted.restype = cindex._CXString
    lib.clang_getCursorPrettyPrinted.errcheck = cindex._CXString.from_result


def library_version() -> str:
    """The major version of the loaded libclang, as in "14"."""
    function = library().clang_getClangVersion
    function.restype = cindex._CXString
    function.errcheck = cindex._CXString.from_result
    match = re.search(r"version (\d+)", function())
    return match.group(1) if match else ""


def files_of_libclang() -> list[str]:
    """The bindings and the loaded library, by which an inspection may differ from that of another day."""
    library()
    maps = Path("/proc/self/maps").read_text()
    return [str(cindex.__file__), *sorted(set(re.findall(r"/\S*libclang\S*", maps)))]


@functools.cache
def clang_flags() -> tuple[str, ...]:
    """Where libclang's own stddef.h is; without one it reads that of g++, which the build's flags name last."""
    version = library_version()
    for root in (f"/usr/lib/llvm-{version}/lib/clang", "/usr/lib/clang", "/usr/lib64/clang"):
        for header in glob_newest(f"{root}/{version}*/include/stddef.h"):
            return ("-resource-dir", str(header.parent.parent))
    return ()


def parser_flags(flags: Sequence[str]) -> list[str]:
    """Those of the build's flags that change what a file means; libclang does not know all of g++'s others."""
    kept: list[str] = []
    rest = iter(flags)
    for flag in rest:
        if flag in KEPT_FLAGS:
            kept += [flag, next(rest, "")]
        elif flag.startswith(KEPT_FLAGS):
            kept.append(flag)
    return [*kept, *clang_flags(), "-w", "-ferror-limit=0"]


def make_pch(header: Path, out: Path, flags: Sequence[str]) -> None:
    """Writes the precompiled `header` to `out`, in one step, so that parallel readers never see half of it."""
    library()
    arguments = ["-x", "c++-header", *parser_flags(flags)]
    unit = cindex.Index.create().parse(str(header), args=arguments)
    errors = [str(d) for d in unit.diagnostics if d.severity >= cindex.Diagnostic.Error]
    if errors:
        raise ClangError(f"clang cannot read {header}: {errors[0]}")
    with replacing(out) as partial:
        unit.save(str(partial))


def parse(source: Path, flags: Sequence[str], pch: Path | None) -> cindex.TranslationUnit:
    """The tree of `source`. A precompiled header that clang refuses is left aside: slower, never wrong."""
    library()
    arguments = ["-x", "c++", *parser_flags(flags)]
    index = cindex.Index.create(excludeDecls=True)
    if pch is not None and pch.exists():
        try:
            unit = index.parse(str(source), args=[*arguments, "-include-pch", str(pch)])
            if not any(d.severity == cindex.Diagnostic.Fatal and not d.location.line for d in unit.diagnostics):
                return unit
        except cindex.TranslationUnitLoadError:
            pass
    return index.parse(str(source), args=arguments)


def pretty_printed(cursor: cindex.Cursor) -> str:
    """A definition as clang writes it, macros expanded."""
    policy = library().clang_getCursorPrintingPolicy(cursor)
    try:
        return library().clang_getCursorPrettyPrinted(cursor, policy)
    finally:
        library().clang_PrintingPolicy_dispose(policy)
