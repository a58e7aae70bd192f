"""What all pages share: templates whose every text is escaped, sentences in the reader's language, digests for the
browser. Called by the page of a grade and by that of a class."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from grader.common.language import _, readable
from grader.report.item import points, title_of


def _breakable(name: str) -> Markup:
    """A long_name_like_this, which may go on in the next line after each underscore."""
    return Markup("_<wbr>").join(escape(part) for part in readable(name).split("_"))


def _say(sentence: str, **fields: object) -> Markup:
    """A sentence of a template, with its markup, in the reader's language; the fields are escaped."""
    return Markup(_(sentence)).format(**fields)


def environment(folder: Path, language: str, **names: object) -> Environment:
    """For the templates of a folder; `names` are known in all of them."""
    made = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(points=points, breakable=_breakable, readable=readable, titled=title_of)
    made.globals.update(say=_say, language=language, **names)
    return made


def digest(text: str) -> str:
    """By which a page names the style and the script that are its own; a browser must load and run nothing else."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
