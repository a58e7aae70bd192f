"""The three programs that read a submission's file, each within limits: the preprocessor, the compiler, the inspection.

Called by building.py. The flags are the grader's, never the submission's. What the preprocessor makes of a file is what
the other two read (legality/preprocessed.py)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from grader.common.build_facts import Build
from grader.common.files import text_of
from grader.common.rubric import Exercise, rubric
from grader.grade import inspecting
from grader.grade.headers import CONTRACT, HEADERS, for_legality, legality_flags, macros
from grader.grade.staging import Staged
from grader.legality import preprocessed
from grader.machine.limited_run import Reach, Result, run


@dataclass(frozen=True)
class Job:
    """One file on its way to an object."""

    staged: Staged
    build: Build
    folder: Path  # a new one, of this job alone
    shut_in: bool

    @property
    def source(self) -> Path:
        """The preprocessed text."""
        return self.folder / self.staged.copy.name

    @property
    def made(self) -> Path:
        """The object, once it is compiled."""
        return self.folder / "made" / f"{self.staged.exercise.name}.so"

    def of(self, other: Staged) -> Job:
        """The same for another file, beside which its folder is made."""
        folder = other.copy.parent / "job"
        folder.mkdir()
        return replace(self, staged=other, folder=folder)

    def reach(self, *readable: Path, writable: tuple[Path, ...] = ()) -> Reach:
        return Reach(self.folder, (*readable, *map(Path, self.build.places)), writable)


def preprocess(job: Job) -> Result:
    """Writes job.source, unless g++ fails."""
    text = text_of(job.staged.copy)
    job.source.write_text(text, encoding="utf-8", newline="")
    # -w, because the macros of the header are defined on top of those of the compiler itself.
    command = [job.build.compiler, *job.build.flags, *job.build.diagnostics, "-w", "-E"]
    command += ["-imacros", str(macros(job.build)), "-I", str(CONTRACT), job.source.name]
    headers = [CONTRACT / header for header in HEADERS]
    result = run(command, job.reach(macros(job.build), *headers), job.shut_in)
    job.source.unlink()
    if result.code == 0:
        lines = text.count("\n") + 1
        preprocessed.save(preprocessed.read(result.output, job.source.name, lines), job.source)
    return result


def included_first(job: Job, contract: str) -> list[str]:
    """The contract comes first, then the headers that the file includes; those lie where the programs run, because
    libclang takes no path that is not UTF-8."""
    own = ["vec_exos.hpp"] if job.staged.exercise.name == "vec_exos" else []
    files = [contract, *(str(CONTRACT / header) for header in own), preprocessed.BEFORE]
    return [word for file in files for word in ("-include", file)]


def _keep(exercise: Exercise, folder: Path) -> Path:
    """A header by which g++ keeps the exercise's functions in the object even where they are inline."""
    header = folder / "grader_keeps.hpp"
    lines = [f"extern decltype({name}) {name} __attribute__((used));" for name in exercise.functions]
    header.write_text("\n".join(lines) + "\n")
    return header


def _exports(exercise: Exercise, folder: Path) -> Path:
    """What the linker is to show of an object: of functions outside of a namespace the exercise's own, so that no file
    replaces one of another, neither a graded one nor a helper of the same name. What has a name of the C library stays
    behind the library's, as ever."""
    own = " ".join(f"_Z{len(name)}{name}*;" for name in exercise.functions)
    file = folder / "grader_exports.map"
    file.write_text(f"{{ global: {own} local: _Z[0-9]*; }};\n")
    return file


def compile_command(job: Job, precompiled: Path) -> list[str]:
    """The grader's flags and headers only. `precompiled` is the folder in which the contract is looked for first."""
    keep, exports = _keep(job.staged.exercise, job.folder), _exports(job.staged.exercise, job.folder)
    includes = ["-I", str(precompiled), "-I", str(CONTRACT), *included_first(job, HEADERS[0]), "-include", str(keep)]
    linked = ["-shared", "-Xlinker", f"--version-script={exports}", job.source.name, "-o", str(job.made)]
    return [job.build.compiler, *job.build.flags, *job.build.diagnostics, *includes, *linked]


def compile_source(job: Job, *more: str) -> Result:
    """Writes job.made, unless the compiler fails. `more` are flags that change no instruction."""
    job.made.parent.mkdir(exist_ok=True)
    pch = job.build.folder / "pch"
    reach = job.reach(pch, *(CONTRACT / header for header in HEADERS), writable=(job.made.parent,))
    result = run([*compile_command(job, pch), *more], reach, job.shut_in)
    if "internal compiler error" in result.errors:
        # g++ is known to stumble over its own precompiled headers now and then; without them it is slow and sure.
        result = run([*compile_command(job, CONTRACT), *more], reach, job.shut_in)
    if result.code != 0:
        job.made.unlink(missing_ok=True)
    return result


def inspect_source(job: Job) -> Result:
    """What grader.legality says of job.source."""
    exercise = job.staged.exercise
    arguments = ["--functions", ",".join(exercise.functions), "--rules", exercise.rules]
    arguments += ["--also-allowed", ",".join(rubric().also_allowed), "--pch", str(for_legality(job.build))]
    flags = [*legality_flags(job.build), *included_first(job, str(CONTRACT / HEADERS[0]))]
    reach = job.reach(CONTRACT, job.build.folder / "pch")
    return inspecting.inspect([*arguments, job.source.name, "--", *flags], reach, job.shut_in)
