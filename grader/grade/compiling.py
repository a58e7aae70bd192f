"""Compiles a submission's file to a shared object, and has its legality inspected; both are kept until it changes.

Called by grade.py, for several files at once. The flags are the grader's, never the submission's."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from grader.common.build_facts import ROOT, Build
from grader.common.files import replace_whole, replacing, state_of
from grader.common.language import Text, _, pack, shown, tr, unpack
from grader.common.rubric import Exercise, may_be_a_stub
from grader.common.tool import UserError, fault_of_machine
from grader.explain import compiler
from grader.grade import inspecting, trial
from grader.grade.staging import Staged
from grader.legality import CLANG_IS_BROKEN, READY
from grader.machine.limited_run import Reach, Result, run

HEADERS = ("softmax_reg_vec.hpp", "vec_exos.hpp", "softmax_reg.hpp")
CONTRACT = ROOT / "reference"


@dataclass
class Built:
    """What the build and the legality stage say of one file."""

    error: str = ""  # why there is no object: the first error of the compiler
    hint: str = ""  # what to do about it
    warnings: dict[str, str] = field(default_factory=dict)  # mistakes that compile, by function
    functions: dict[str, dict] = field(default_factory=dict)  # grader.legality's report, by function
    unreadable: str = ""  # what clang cannot parse; nothing of such a file is known to be allowed
    legality_error: str = ""  # the inspection itself failed: the grader's own fault
    fault: str | None = None  # why the machine could not compile it
    final: bool = True  # False: a program was cut short, and may not be another time


@cache
def _fingerprint(build: Build) -> bytes:
    """Changes with all that a result depends on, the exercise and the submission's file apart."""
    tools = _tools(build)
    read = tools.read_text().splitlines() if tools.exists() else []
    digest = hashlib.sha256()
    sources = [CONTRACT / header for header in HEADERS]
    sources += [build.folder / "lab.json", Path(__file__)]
    rooms = ("common", "explain", "legality", "machine")
    sources += [file for room in rooms for file in sorted((ROOT / "grader" / room).glob("*.py"))]
    for source in sources:
        digest.update(source.read_bytes())
    for file in [build.compiler, sys.executable, *read]:
        digest.update(state_of(file).encode())
    return digest.digest()


def _tools(build: Build) -> Path:
    """Lists the files beside the lab's own that the compiler and the inspection read: Armadillo, libclang and so on."""
    return build.folder / "pch" / "tools"


def _key(staged: Staged, build: Build, shut_in: bool) -> str:
    exercise = staged.exercise
    row = repr((exercise.name, exercise.rules, exercise.functions, shut_in)).encode()  # as rubric.toml has them now
    return hashlib.sha256(_fingerprint(build) + row + staged.copy.read_bytes()).hexdigest()


def make_headers(build: Build) -> None:
    """Precompiles the contract header once for each build, for the compiler and for the legality stage."""
    folder = build.folder / "pch"
    stamp = folder / "stamp"
    if stamp.exists() and stamp.read_text() == _fingerprint(build).hex():
        return
    # Here, because loading libclang takes as long as all that a grade loads otherwise.
    from grader.legality.clang_setup import files_of_libclang, make_pch

    folder.mkdir(exist_ok=True)
    header = CONTRACT / HEADERS[0]
    with ThreadPoolExecutor(2) as pool:
        headers = pool.submit(_precompile, header, folder, build)
        inspection = pool.submit(make_pch, header, _legality_pch(build), _legality_flags(build))
        try:
            files = headers.result()
            inspection.result()
        except Exception:
            if reason := trial.no_room(folder):
                raise UserError(shown(reason)) from None
            raise
    replace_whole(_tools(build), "\n".join([*files, *files_of_libclang()]))
    _fingerprint.cache_clear()
    replace_whole(stamp, _fingerprint(build).hex())


def _precompile(header: Path, folder: Path, build: Build) -> list[str]:
    """Returns the files that g++ read. Each file appears in one step: `make watch` and `make grade` may both be at this,
    and read what is there."""
    with replacing(folder / f"{header.name}.gch") as compiled, tempfile.NamedTemporaryFile("r") as rule:
        command = [build.compiler, *build.flags, "-x", "c++-header", str(header), "-o", str(compiled)]
        # -MD, because -MMD would leave Armadillo out, and -M would not compile.
        result = subprocess.run([*command, "-MD", "-MF", rule.name], capture_output=True, text=True)
        _target, *names = re.findall(r"(?:[^\\\s]|\\.)+", Path(rule.name).read_text()) or [""]
        if result.returncode != 0:
            error = compiler.first_error(result.stderr, header.name).message
            raise UserError(_("the contract header does not compile: {error}").format(error=error))
    # g++ reads it when a file includes the header that it has already.
    replace_whole(folder / header.name, header.read_text(encoding="utf-8"))
    return [re.sub(r"\\(.)", r"\1", name) for name in names]


def _legality_pch(build: Build) -> Path:
    return build.folder / "pch" / "legality.pch"


def _legality_flags(build: Build) -> list[str]:
    return [*build.flags, "-I", str(CONTRACT)]


def _keep(exercise: Exercise, folder: Path) -> Path:
    """A header by which g++ keeps the exercise's functions in the object even where they are inline."""
    lines = ['#include "vec_exos.hpp"' if exercise.name == "vec_exos" else ""]
    lines += [f"extern decltype({name}) {name} __attribute__((used));" for name in exercise.functions]
    header = folder / "grader_keeps.hpp"
    header.write_text("\n".join(lines) + "\n")
    return header


def exports_of(exercise: Exercise, folder: Path) -> Path:
    """What the linker is to show of an object: of functions outside of a namespace the exercise's own, so that no file
    replaces one of another, neither a graded one nor a helper of the same name. What has a name of the C library stays
    behind the library's, as ever."""
    own = " ".join(f"_Z{len(name)}{name}*;" for name in exercise.functions)
    file = folder / "grader_exports.map"
    file.write_text(f"{{ global: {own} local: _Z[0-9]*; }};\n")
    return file


def compile_command(
    staged: Staged, build: Build, target: Path, precompiled: Path, keep: Path, exports: Path
) -> list[str]:
    """The grader's flags and headers only; the contract comes first whatever the file includes."""
    includes = ["-I", str(precompiled), "-I", str(CONTRACT), "-include", HEADERS[0], "-include", str(keep)]
    words = ["-Wcomma-subscript", "-Wuninitialized", "-fmax-errors=3"]
    words += ["-fdiagnostics-color=never", "-fno-diagnostics-show-caret"]
    linked = ["-Xlinker", f"--version-script={exports}"]
    return [build.compiler, *build.flags, *words, *includes, "-shared", *linked, staged.copy.name, "-o", str(target)]


def _compile(staged: Staged, build: Build, target: Path, shut_in: bool) -> Result:
    """Writes the object to `target`, unless the compiler fails."""
    folder = target.with_suffix(".new")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    made, own = folder / target.name, (_keep(staged.exercise, folder), exports_of(staged.exercise, folder))
    headers = [CONTRACT / header for header in HEADERS]
    reach = Reach(staged.copy.parent, (build.folder / "pch", *headers), (folder,))
    result = run(compile_command(staged, build, made, build.folder / "pch", *own), reach, shut_in)
    if "internal compiler error" in result.errors:
        # g++ is known to stumble over its own precompiled headers now and then; without them it is slow and sure.
        result = run(compile_command(staged, build, made, CONTRACT, *own), reach, shut_in)
    if result.code == 0 and made.is_file() and not made.is_symlink():
        made.replace(target)
    shutil.rmtree(folder)
    return result


def _compile_fairly(staged: Staged, build: Build, target: Path, shut_in: bool) -> tuple[Result, Text | None]:
    """The same, and what is wrong with the machine where no line of the file is to blame."""

    def run(file: Staged) -> Result:
        return _compile(file, build, target if file is staged else file.copy.with_suffix(".so"), shut_in)

    def is_clear(result: Result) -> bool:
        return result.code == 0 or trial.names_a_line(_error(result, staged), staged.copy.name)

    return trial.fairly(staged, run, is_clear)


def _error(result: Result, staged: Staged) -> compiler.Diagnosis:
    return compiler.first_error(result.errors, staged.copy.name)


def _ask(staged: Staged, build: Build, shut_in: bool) -> Result:
    """What grader.legality says of a file."""
    exercise = staged.exercise
    arguments = ["--functions", ",".join(exercise.functions), "--rules", exercise.rules]
    arguments += ["--pch", str(_legality_pch(build)), staged.copy.name, "--", *_legality_flags(build)]
    reach = Reach(staged.copy.parent, (CONTRACT, build.folder / "pch"))
    return inspecting.inspect(arguments, reach, shut_in)


def _is_at_the_file(result: Result) -> bool:
    """Whether the inspection came to the file: else a package is missing, say, or there is no process left."""
    return result.output.startswith(READY) and result.code != CLANG_IS_BROKEN


def _inspect(staged: Staged, build: Build, shut_in: bool) -> Built:
    result, fault = trial.fairly(
        staged, lambda file: _ask(file, build, shut_in), lambda result: result.code == 0 or not _is_at_the_file(result)
    )
    if fault:
        return Built(legality_error=fault, final=False)
    if not _is_at_the_file(result):
        said = result.errors.strip().splitlines() or [f"exit code {result.code}"]
        is_whole = result.code == CLANG_IS_BROKEN
        return Built(legality_error=" ".join(said)[-400:] if is_whole else said[-1][-400:], final=False)
    if result.code != 0:
        # It ran out of its limits, or clang crashed: a file that nobody can inspect is not known to be allowed.
        words = tr("1: too deep or too long to inspect; write only what the exercise needs")
        return Built(unreadable=words, final=not result.cut_short)
    report = unpack(json.loads(result.output.removeprefix(READY)))
    unreadable = report["too_large"]
    if not unreadable and report["parse_errors"]:
        error = report["parse_errors"][0]
        unreadable = tr("{error}: g++ accepts this and clang does not; write standard C++", error=error)
    return Built(functions=report["functions"], unreadable=unreadable)


def build(staged: Staged, lab: Build, objects: Path, shut_in: bool) -> Built:
    """The object of one file at objects/NAME.so, and the findings on it; from the last time if nothing changed."""
    target = objects / f"{staged.exercise.name}.so"
    try:
        return _build(staged, lab, target, shut_in)
    except (OSError, RuntimeError) as error:
        target.unlink(missing_ok=True)
        if fault := fault_of_machine(error, objects):
            return Built(fault=fault, final=False)
        raise


def _kept(file: Path, key: str) -> Built | None:
    """What is known from the last time."""
    try:
        known = json.loads(file.read_text())
        return Built(**unpack(known["built"])) if known["key"] == key else None
    except (FileNotFoundError, ValueError, TypeError, KeyError):  # nothing, or nothing of the grader's
        return None


def _build(staged: Staged, lab: Build, target: Path, shut_in: bool) -> Built:
    kept = target.with_suffix(".json")
    key = _key(staged, lab, shut_in)
    if (known := _kept(kept, key)) and (target.exists() or known.error):
        return known
    kept.unlink(missing_ok=True)
    target.unlink(missing_ok=True)
    with ThreadPoolExecutor(1) as pool:
        inspection = pool.submit(_inspect, staged, lab, shut_in)
        # Both at once, for who waits for this one file; a stub need not be compiled, and only the tree tells it.
        compiled = None if may_be_a_stub(staged.copy) else _compile_fairly(staged, lab, target, shut_in)
        built = inspection.result()
    untouched = built.functions and all(report["untouched"] for report in built.functions.values())
    if not compiled and not untouched:
        compiled = _compile_fairly(staged, lab, target, shut_in)
    if compiled:
        result, built.fault = compiled
        built.final = built.final and not result.cut_short and not built.fault
        built.warnings = compiler.warnings(result.errors)
        if result.code != 0 and not built.fault:
            error = _error(result, staged)
            built.error, built.hint = error.message, error.hint
    if built.final and (target.exists() or built.error):
        # In one step: a grade that is interrupted here must not leave half a file for the next one.
        replace_whole(kept, json.dumps({"key": key, "built": pack(vars(built))}))
    return built
