"""Spoils the solutions one sign, axis, term or statement at a time; the grader must see each of these mutants.

Run by pytest (`make test`); needs the built grader. The small exercises are ten functions in one file, so a mutant of
each is graded in one go; every other mutant is a file of its own."""

from __future__ import annotations

import bisect
import re
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.common.build_facts import ROOT, read_build
from grader.common.rubric import Exercise, rubric
from grader.grade.headers import HEADERS, make_headers
from grader.tests.support import corpus_support as support
from grader.tests.support.corpus_support import Grade

pytestmark = pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/")

# What is written in place of what, as regular expressions. Some of it does not compile, and is no mutant then.
CHANGES = [
    (r" - ", " + "),
    (r" \+ ", " - "),
    (r"-= ", "+= "),
    (r"(?<!loss )\+= ", "-= "),
    (r"/= ", "*= "),
    (r" / ", " * "),
    (r"(?<=\w) \* (?=[\w(])", " % "),
    (r"return -", "return "),
    (r"== ", "!= "),
    (r", 0\)", ", 1)"),
    (r", 1\)", ", 0)"),
    (r"each_row", "each_col"),
    (r"each_col", "each_row"),
    (r"index_max", "index_min"),
    (r"arma::max", "arma::min"),
    (r"arma::sum", "arma::mean"),
    (r"arma::mean", "arma::sum"),
    (r"arma::accu\(", "arma::mean("),
    (r"arma::solve\((\w), (\w)\)", r"arma::solve(\2, \1)"),
    (r"\.t\(\)", ""),
    (r"n_rows", "n_cols"),
    (r"n_cols", "n_rows"),
    (r"fill::eye", "fill::ones"),
    (r"\.cols\(", ".rows("),
    (r"\(labels\);", "(labels - labels.min());"),
    (r"2\.0", "1.0"),
    (r"\(0, ", "(1, "),
    (r"(return .*?) [+-] [^;]*;", r"\1;"),
    (r"(?m)^ +(?!return|const|double|arma|for|})\S.*;\n", ""),
    (r"(?<=\()valid(?=[,.])", "train"),
    (r"\(train, hp", "(valid, hp"),
    (r"epoch = 0", "epoch = 1"),
]
IN_FLOATS = """
inline double in_floats(double x) { return static_cast<float>(x); }
template <class T> T in_floats(const T& x) { return arma::conv_to<T>::from(arma::conv_to<arma::fmat>::from(x)); }
"""
# Mutants that are no mistakes, by their names, each with the reason.
EQUIVALENT = {
    "one_hot: return in_floats(arma::mat(identity.cols(labels)));": "0 and 1 are the same in single precision",
    "argmax_per_column: return in_floats(arma::uvec(arma::index_max(A, 0).t()));": "so are small whole numbers",
}


@dataclass(frozen=True)
class Mutant:
    exercise: Exercise
    function: str
    old: str  # the definition in the solution
    new: str

    @property
    def name(self) -> str:
        """The function and the first line that is not the solution's."""
        old, new = self.old.splitlines(), self.new.splitlines()
        place = next(i for i, line in enumerate(old) if new[i : i + 1] != [line])
        if len(new) < len(old):
            return f"{self.function} without: {old[place].strip()}"
        return f"{self.function}: {new[place].strip()}"


def changed(plain: str, function: str) -> set[str]:
    """All that one change makes of a definition."""
    result_type = plain.split(f" {function}(")[0]
    in_floats = (r"return ([^;{]+);", rf"return in_floats({result_type}(\1));")
    found = [(m, to) for pattern, to in [*CHANGES, in_floats] for m in re.finditer(pattern, plain)]
    return {plain[: m.start()] + m.expand(to) + plain[m.end() :] for m, to in found}


def all_mutants() -> Iterator[Mutant]:
    """Of all but the bonus, whose function only chooses one for the processor; corpus/ has its mistakes."""
    for exercise in rubric().required.values():
        for function in exercise.functions:
            text = (support.SOLUTIONS / exercise.file).read_text(encoding="utf-8")
            found = support.definition(text, function)
            assert found, function
            plain = re.sub(r" *//.*", "", found[0])
            yield from (Mutant(exercise, function, plain, new) for new in sorted(changed(plain, function)))


MUTANTS = {mutant.name: mutant for mutant in all_mutants()} if support.SOLUTIONS.is_dir() else {}


def uncompilable(exercise: str, folder: Path) -> set[str]:
    """The names of those that do not compile: all of an exercise in one file, each in a namespace of its own."""
    lab = read_build(support.build_folder())
    make_headers(lab)
    mutants = [mutant for mutant in MUTANTS.values() if mutant.exercise.name == exercise]
    text = '#include "vec_exos.hpp"\n#include "softmax_reg.hpp"\n' + IN_FLOATS
    first_lines = []
    for i, mutant in enumerate(mutants):
        text += f"namespace m{i} {{\n"
        first_lines.append(text.count("\n") + 1)
        text += mutant.new + "}\n"
    file = folder / f"{exercise}.cpp"
    file.write_text(text)
    headers = ["-I", str(lab.folder / "pch"), "-I", str(ROOT / "reference"), "-include", HEADERS[0]]
    command = [lab.compiler, *lab.flags, "-w", "-fmax-errors=0", "-fsyntax-only", *headers]
    errors = subprocess.run([*command, file.name], cwd=folder, capture_output=True, text=True).stderr
    lines = [int(number) for number in re.findall(rf"^ *{file.name}:(\d+):", errors, re.MULTILINE)]
    return {mutants[bisect.bisect(first_lines, line) - 1].name for line in lines if line >= first_lines[0]}


def files(names: Iterable[str]) -> list[dict[str, str]]:
    """The mutants of each file that is graded, by their functions: the small exercises many in a file."""
    small: dict[str, list[str]] = {}
    alone = []
    for name in names:
        mutant = MUTANTS[name]
        if len(mutant.exercise.functions) > 1:
            small.setdefault(mutant.function, []).append(name)
        else:
            alone.append({mutant.function: name})
    rounds = max((len(own) for own in small.values()), default=0)
    return alone + [{f: own[i] for f, own in small.items() if i < len(own)} for i in range(rounds)]


def source(names: Iterable[str]) -> tuple[Exercise, bytes]:
    spoiled = [MUTANTS[name] for name in names]
    exercise = spoiled[0].exercise
    text = (support.SOLUTIONS / exercise.file).read_text(encoding="utf-8")
    for mutant in spoiled:
        found = support.definition(text, mutant.function)
        assert found
        text = text.replace(found[0], mutant.new)
    last_include = text.rindex("#include")
    place = text.index("\n", last_include) + 1
    return exercise, (text[:place] + IN_FLOATS + text[place:]).encode()


@pytest.fixture(scope="module")
def grades(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Future[Grade]]:
    """The grade that each mutant takes part in; those that do not compile have none."""
    folder = tmp_path_factory.mktemp("mutants")
    exercises = {mutant.exercise.name for mutant in MUTANTS.values()}
    bad = set().union(*support.POOL.map(lambda exercise: uncompilable(exercise, folder), exercises))
    graded = {str(i): list(names.values()) for i, names in enumerate(files(n for n in MUTANTS if n not in bad))}
    futures = support.grade_in_turn({key: source(names) for key, names in graded.items()}, folder)
    return {name: futures[key] for key, names in graded.items() for name in names}


@pytest.mark.parametrize("name", MUTANTS)
def test_mutant(name: str, grades: dict[str, Future[Grade]]) -> None:
    """A mutant fails an item of its function, or is listed as one that is no mistake."""
    if name not in grades:
        return
    mutant = MUTANTS[name]
    items = grades[name].result().items(mutant.exercise.name)
    assert items["compiles"]["status"] == "pass", items["compiles"]["message"]
    of_function = [name for name in mutant.exercise.points if name == mutant.function] or mutant.exercise.points
    seen = any(items[item]["status"] == "fail" for item in of_function)
    assert seen != (name in EQUIVALENT), EQUIVALENT.get(name, "survives")


def test_enough_mutants_compile(grades: dict[str, Future[Grade]]) -> None:
    assert len(grades) >= 80
    assert {MUTANTS[name].function for name in grades} == {f for e in rubric().required.values() for f in e.functions}


def test_the_list_of_equivalent_mutants_is_fresh() -> None:
    assert EQUIVALENT.keys() <= MUTANTS.keys()
