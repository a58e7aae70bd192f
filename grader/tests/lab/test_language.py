"""The grader in French: fr.po has every sentence that the sources mark, and none that they do not; TP_LANG chooses.

Needs gettext's programs, and what runs the tools needs the built grader in the folder that LAB_BUILD names."""

from __future__ import annotations

import ast
import gettext
import io
import json
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from grader.common import language
from grader.common.build_facts import ROOT
from grader.common.language import NO_BREAK, Count, pack, shown, tr, unpack
from grader.common.rubric import rubric
from grader.report import report_json
from grader.report.item import title_of, translated
from grader.tests.support.copy_support import copy_of_the_lab

BUILD = Path(os.environ.get("LAB_BUILD", ROOT / "build"))
LOCALE = ROOT / "grader" / "common" / "locale"
SOURCES = [path for path in sorted((ROOT / "grader").rglob("*.py")) if not {"tests", "reliability"} & {*path.parts}]
CORPUS = ROOT / "grader" / "tests" / "corpus"
# One file for each way to fail: values, shape, exception, rules, compiler.
FAULTY = ("wrong/grad_batch--transposed", "wrong/evaluate--percent", "illegal/softmax_batch--for")
FAULTY += ("illegal/cross_entropy_loss_batch--accumulate",)


def compiled(po: bytes) -> dict[str, str]:
    """The entries of a catalogue; msgfmt leaves out what is fuzzy or not translated."""
    made = subprocess.run(["msgfmt", "-o", "-", "-"], input=po, capture_output=True, check=True).stdout
    catalogue = gettext.GNUTranslations(io.BytesIO(made))._catalog  # type: ignore[attr-defined]
    return {english: text for english, text in catalogue.items() if english}


@cache
def wanted() -> set[str]:
    template = subprocess.run([LOCALE / "extract"], capture_output=True, check=True)
    assert template.stderr == b"", template.stderr.decode()
    return set(compiled(subprocess.run(["msgen", "-"], input=template.stdout, capture_output=True, check=True).stdout))


@cache
def french() -> dict[str, str]:
    return compiled((LOCALE / "fr.po").read_bytes())


def fields(sentence: str) -> set[str]:
    return {f"{name}:{spec}" for _, name, spec, _ in string.Formatter().parse(sentence) if name is not None}


def test_every_sentence_is_translated_and_none_is_left_over() -> None:
    assert len(wanted()) > 400, "to bring fr.po up to date: make messages"
    assert sorted(wanted() - french().keys()) == [], "to bring fr.po up to date: make messages"
    assert sorted(french().keys() - wanted()) == [], "to bring fr.po up to date: make messages"


def test_a_translation_has_the_fields_of_its_sentence() -> None:
    assert [english for english, text in french().items() if fields(english) != fields(text)] == []


def test_a_translation_keeps_commands_and_code() -> None:
    targets = "|".join(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE))
    code = re.compile(rf"make (?:{targets})\b|`[^`]+`|[A-Z]{{3,}}=\w*|\b[\w.]+\.(?:md|json|toml|cpp)\b|[\w:]+\(\)|%")

    def kept(text: str) -> list[str]:
        return sorted(code.findall(text.replace("handout.fr.md", "handout.md")))

    assert [(english, text) for english, text in french().items() if kept(english) != kept(text)] == []


def test_french_spaces_do_not_break() -> None:
    wrong = re.compile(rf" [;!?»]| :(?=\s|$)|« |[^\s{NO_BREAK}:][;!?](?=\s|$)")
    sentences = [re.sub(r"`[^`]*`|for \(arma.*?\)|mat B = A;", "x", text) for text in french().values()]
    assert [text for text in sentences if wrong.search(text)] == []


def is_literal(node: ast.expr) -> bool:
    """A sentence that is written down here, with or without fields."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format":
        node = node.func.value
    return isinstance(node, (ast.JoinedStr, ast.Constant))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT / "grader")))
def test_errors_are_marked_and_formats_are_constant(path: Path) -> None:
    """UserError("...") would stay English, and gettext cannot find what stands in _(f"...") or tr(name)."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call) and node.args]
    for call in calls:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        where = f"{path.name}:{call.lineno}"
        assert name != "UserError" or not is_literal(call.args[0]), f"{where}: not marked with _"
        assert name not in ("_", "tr", "marked") or not isinstance(call.args[0], ast.JoinedStr), f"{where}: an f-string"


@pytest.fixture
def in_french(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TP_LANG", "fr")
    language.start(BUILD)
    yield
    monkeypatch.delenv("TP_LANG")
    language.start(BUILD)


def test_a_text_is_english_until_it_is_shown(in_french: None) -> None:
    text = tr(
        "{finding} (In `{helper}`, which `{function}` uses.)", finding=tr("a null byte"), helper="h", function="f"
    )
    assert text == "a null byte (In `h`, which `f` uses.)"
    assert shown(text) == "un octet nul (Dans `h`, qu'utilise `f`.)"
    assert shown("a null byte") == "a null byte", "data is not translated"


def test_a_text_survives_json(in_french: None) -> None:
    text = tr("{line}: nested more than {most} deep; write shorter expressions", line=tr("a null byte"), most=3)
    again = unpack(json.loads(json.dumps(pack({"a": [text, "{data}"]}))))
    assert again == {"a": [text, "{data}"]} and shown(again["a"][0]) == shown(text) != text


def run(tool: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", tool, *arguments]
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True)


@pytest.mark.parametrize("tool", ["experiments.plot", "machine.doctor", "experiments.compare", "machine.blas"])
def test_an_unknown_language_is_an_error_that_names_the_known(tool: str) -> None:
    done = run(f"grader.{tool}", "--build", str(BUILD), TP_LANG="klingon")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "TP_LANG=klingon: there is no such language. There are: en, fr\n"


def test_before_a_build_it_is_french_and_without_gettext_english(
    tmp_path: Path, in_french: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    language.start(tmp_path)
    assert language.current() == "fr" and shown(tr("a null byte")) == "un octet nul"
    monkeypatch.setenv("PATH", str(tmp_path))
    language.start(tmp_path)
    assert language.current() == "en" and shown(tr("a null byte")) == "a null byte"
    assert "Type: make setup" in capsys.readouterr().err


def test_thousands_stand_apart_as_the_reader_has_them(in_french: None) -> None:
    text = tr("{file} holds more than {most:,} bytes", file="a", most=23461)
    assert "23,461" in text and f"23{NO_BREAK}461" in shown(unpack(json.loads(json.dumps(pack(text)))))
    assert f"{Count(1000000):,} {Count(1000)}" == f"1{NO_BREAK}000{NO_BREAK}000 1000"


def test_the_makefile_speaks_before_any_build_and_without_gettext(tmp_path: Path) -> None:
    lab, bare = copy_of_the_lab(tmp_path / "lab"), tmp_path / "bin"
    bare.mkdir()
    for name in ("sh", "bash", "make", "sed", "expand", "fold", "cat", "dirname"):
        (bare / name).symlink_to(str(shutil.which(name)))

    def make(*words: str, **environment: str) -> str:
        done = subprocess.run(
            ["make", *words], cwd=lab, env={**os.environ, **environment}, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    helps = re.findall(
        r"^([a-z]+):.*## (?!instructors:|contributors:)(.*)", (lab / "Makefile").read_text(), re.MULTILINE
    )
    english = make("help", TP_LANG="")
    assert english == "".join(f"  make {target}".ljust(20) + f"{does}\n" for target, does in helps)
    without = make("help", TP_LANG="fr", PATH=str(bare))  # neither gettext nor a Python on the PATH
    assert without.replace("TP_LANG=fr: msgfmt is missing, so this is English. Type: make setup\n", "") == english
    said = re.sub(r"\n {20}", " ", make("help", TP_LANG="fr"))
    assert said == "".join(f"  make {target}".ljust(20) + f"{french()[does]}\n" for target, does in helps)
    assert "VERSION=x: il y a loop" in make("train", "VERSION=x", TP_LANG="fr")
    assert "ONLY=softmx : cet exercice n'existe pas" in make("grade", "ONLY=softmx", TP_LANG="fr").replace(
        NO_BREAK, " "
    )
    name = "a `touch pwned` $(touch pwned)b"
    (lab / "solutions").mkdir(exist_ok=True)  # without it this is a student's copy
    none = make("class", "SUBMISSIONS=" + name, TP_LANG="fr")
    assert f"class: {name} n'existe pas. SUBMISSIONS" in none.replace("\n", " ")
    assert "SUBMISSIONS=folder" in make("class", TP_LANG="fr")
    assert not (lab / "pwned").exists()
    assert not (lab / "build").exists(), "a mistyped name is refused before anything is built"


@pytest.mark.parametrize(
    "tongue, heading, data",
    [
        ("fr", "époque  perte entr.  perte valid.", "Seul l'échantillon"),
        ("../fr", "epoch  train loss", "Only the sample"),
    ],
)
def test_the_training_programs_speak_the_readers_language(tongue: str, heading: str, data: str) -> None:
    program = os.environ.get("LAB_TRAIN", BUILD / "train")
    sample = {"FASHION_MNIST_DIR": str(ROOT / "data" / "sample"), "TP_LANG": tongue}
    done = subprocess.run([program, "--epochs", "1"], env={**os.environ, **sample}, capture_output=True, text=True)
    assert done.stdout.startswith(data) and heading in done.stdout
    lines = done.stdout.splitlines()[2:4]
    assert len({len(line) for line in lines}) == 1, "each figure stands under its heading"


def test_items_have_names_in_the_readers_language(in_french: None) -> None:
    table = rubric().exercises
    names = {name for exercise in table.values() for name in {**exercise.points, **exercise.speed}}
    names -= {function for exercise in table.values() for function in exercise.functions}
    assert sorted(name for name in names if name not in french()) == []
    assert [title_of(name) for name in ("three epochs", "one_hot", "one_hot is allowed")] == [
        "trois époques",
        "one_hot",
        "one_hot est autorisée",
    ]


@pytest.mark.skipif(not (ROOT / "solutions").is_dir(), reason="a student's copy has no solutions/")
@pytest.mark.thorough
def test_a_grade_is_french_from_end_to_end(tmp_path: Path, in_french: None) -> None:
    submission, out = tmp_path / "submission", tmp_path / "out"
    submission.mkdir()
    for case in FAULTY:
        name = case.split("/")[1].split("--")[0]
        (submission / f"{name}.cpp").write_text((CORPUS / f"{case}.cpp").read_text())
    (submission / "learning_curves.cpp").write_text('#include "softmax_reg.hpp"\nint f() { return g(); }\n')
    (submission / "answers.toml").write_text('[profile]\nhottest = ["x", "y"]\n')
    done = run("grader.grade", str(submission), "--build", str(BUILD), "--out", str(out), TP_LANG="fr", NO_COLOR="1")
    assert done.returncode == 0, done.stderr
    assert "Première chose à corriger" in done.stdout and max(map(len, done.stdout.splitlines())) <= 80
    written = json.loads((out / "report.json").read_text())
    said = [item for item in report_json.Report.from_json(written).items if item.message]
    assert len(said) > 20
    for item in said:
        french_item = translated(item)
        assert french_item.message != item.message, "is this sentence marked for translation?"
        assert french_item.hint != item.hint or not item.hint
    english = [item["message"] for item in written["items"] if item["message"]]
    assert english == [str(item.message) for item in said] and not any("exercice" in text for text in english)
    for name, heading in (("en", "First thing to fix"), ("fr", "Première chose à corriger")):
        assert run("grader.report.page", str(out / "report.json"), "--build", str(BUILD), TP_LANG=name).returncode == 0
        assert heading in (out / "report.html").read_text(), "one report is shown in either language"
    hint = run("grader.tutor.hint", "--report", str(out / "report.json"), "--memory", str(tmp_path / "hints.json"), "--build", str(BUILD), TP_LANG="fr")  # fmt: skip
    assert f"Indice 1{NO_BREAK}: " in hint.stdout and max(map(len, hint.stdout.splitlines())) <= 80


def test_templates_hold_no_text_of_their_own() -> None:
    """Whatever a reader sees goes through say(): between the tags and in the labels stand only expressions."""
    for path in (ROOT / "grader").rglob("*.j2"):
        text = re.sub(r"{#.*?#}|{%.*?%}|{{.*?}}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        labels = re.findall(r'(?:aria-label|alt|title)="([^"]*)"', text)
        between = re.sub(r"<[^>]*>|&nbsp;", "\n", text).splitlines()
        assert [words for words in labels + between if re.search(r"[a-z]{2}", words)] == [], path.name
