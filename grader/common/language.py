"""The language of what the grader says: English, or the one that TP_LANG names, by the catalogues of common/locale.

A tool calls start() first. `_` translates what is shown at once; `tr` makes a Text of what is stored, looked up or sent
from one program to another before the terminal or the page shows it. Runs on Python 3.8 without any module, because
the doctor uses it."""

from __future__ import annotations

import codecs
import gettext
import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Iterator, Mapping

LANGUAGES = ("en", "fr")
DOMAIN = "lab"
# What compilers and French write beyond ASCII, for a terminal that has no such characters.
PLAIN = str.maketrans("\u2018\u2019\u201c\u201d\u2026\u2013\u00a0\u202f", "''\"\".-  ")
NO_BREAK = "\u00a0"  # stands before : ; ? and ! in French
_catalogue = gettext.NullTranslations()  # English


def start(build: Path) -> None:
    """Takes the language from the environment. CMake has compiled the catalogues into the build folder; before the
    first build that is done here, in some 20 ms."""
    global _catalogue
    codecs.register_error(DOMAIN, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=DOMAIN)
    name = os.environ.get("TP_LANG") or "en"
    if name not in LANGUAGES:
        raise SystemExit(f"TP_LANG={name}: there is no such language. There are: {', '.join(LANGUAGES)}")
    _catalogue = gettext.NullTranslations()
    if name == "en":
        return
    try:
        _catalogue = gettext.translation(DOMAIN, build / "locale", [name])
    except OSError:
        _catalogue = _compiled(name)


def _compiled(name: str) -> gettext.NullTranslations:
    command = ["msgfmt", "-o", "-", str(Path(__file__).with_name("locale") / f"{name}.po")]
    try:
        made = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
        return gettext.GNUTranslations(io.BytesIO(made))
    except (OSError, subprocess.CalledProcessError):
        print(f"TP_LANG={name}: msgfmt is missing, so this is English. Type: make setup", file=sys.stderr)
        return gettext.NullTranslations()


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """In place of what a terminal cannot show, which must not cost the rest: a likeness, or a question mark."""
    assert isinstance(error, UnicodeEncodeError)
    text = error.object[error.start : error.end].translate(PLAIN)
    return text.encode(error.encoding, "replace").decode(error.encoding), error.end


def current() -> str:
    return _catalogue.info().get("language", "en")


def _(english: str) -> str:
    return _catalogue.gettext(english)


def marked(english: str) -> str:
    """For a constant of a module, which is translated where it is used: only what is marked gets into the catalogue."""
    return english


def readable(text: str) -> str:
    """Text to be shown, which may hold a name of a file or words of a submission. A byte that is not UTF-8 becomes the
    letter that Latin-1 has for it; "?" stands for what would move the cursor or turn the direction of the writing."""
    letters = (chr(ord(c) - 0xDC00) if 0xDC80 <= ord(c) <= 0xDCFF else c for c in text)
    return "".join(c if c.isprintable() or c in " \n" + NO_BREAK else "?" for c in letters)


class Count(int):
    """A whole number whose thousands, by the format {n:,}, stand apart as the reader's language has it: 23,461 would be
    23.461 in French."""

    def __format__(self, spec: str) -> str:
        return super().__format__(spec).replace(",", _(","))


class Text(str):
    """A sentence in English that can be translated when it is shown. A copy that is cut or glued is plain English."""

    sentence: str
    fields: Mapping[str, Any]


def tr(sentence: str, **fields: Any) -> Text:
    """The fields are numbers, plain data or Texts themselves."""
    text = Text(sentence.format(**fields))
    text.sentence, text.fields = sentence, fields
    return text


def shown(text: str) -> str:
    """In the reader's language; what is no Text is data and stays as it is."""
    if not isinstance(text, Text):
        return text
    return _(text.sentence).format(**{name: _shown_field(field) for name, field in text.fields.items()})


def _shown_field(field: Any) -> Any:
    if isinstance(field, str):
        return shown(field)
    return Count(field) if type(field) is int else field


def sentences_of(text: str) -> Iterator[str]:
    """In English with their fields' names, by which a program knows what is said: its own, and those of its fields."""
    if isinstance(text, Text):
        yield text.sentence
        for field in text.fields.values():
            if isinstance(field, str):
                yield from sentences_of(field)


def pack(value: Any) -> Any:
    """For JSON, which knows no Text: each as a table of its sentence and fields, as the judge writes them, too."""
    if isinstance(value, Text):
        return {"sentence": value.sentence, "fields": pack(dict(value.fields))}
    if isinstance(value, dict):
        return {key: pack(element) for key, element in value.items()}
    return [pack(element) for element in value] if isinstance(value, (list, tuple)) else value


def unpack(value: Any) -> Any:
    if isinstance(value, dict):
        table = {key: unpack(element) for key, element in value.items()}
        return tr(table["sentence"], **table["fields"]) if table.keys() == {"sentence", "fields"} else table
    return [unpack(element) for element in value] if isinstance(value, list) else value
