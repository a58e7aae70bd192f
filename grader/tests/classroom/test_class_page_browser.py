"""The page of a class as a browser shows it: it sorts, searches, fits a phone, and asks for nothing.

Run by pytest (`make test`); needs a Chromium and skips where there is none."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from grader.classroom import page
from grader.classroom.results import read_class
from grader.tests.support import browser_support as browser, class_support as classes

pytestmark = pytest.mark.skipif(browser.find() is None, reason="there is no Chromium here")
# Drives the page from outside of it, as a reader would: clicks on a heading, types into the search.
DRIVE = """<!doctype html><title>drive</title><link rel="icon" href="data:,">
<iframe src="report.html" width="1000" height="800"></iframe><pre></pre>
<script>
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument;
  const table = page.querySelector(".class");
  const column = (index) => [...table.tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[index].textContent.trim());
  const click = (index) => table.tHead.rows[0].cells[index].querySelector("button").click();
  const found = { before: column(0) };
  click(2); found.up = column(2); found.sorted = table.tHead.rows[0].cells[2].getAttribute("aria-sort");
  click(2); found.down = column(2);
  const input = page.querySelector("input");
  input.value = "S10 late"; input.dispatchEvent(new Event("input"));
  found.search = column(0); found.said = page.querySelector("output").textContent;
  found.focusable = [...page.querySelectorAll("a[href], button, input, summary, [tabindex='0']")].length;
  document.querySelector("pre").textContent = JSON.stringify(found);
});
</script>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = classes.made_up(tmp_path_factory.mktemp("class"), 200)
    return page.write(read_class(folder)).rename(folder / "report.html")


def test_it_asks_for_nothing_and_fits_a_phone(made: Path) -> None:
    seen = browser.look(made)
    assert seen.console == [] and seen.requests == ["/frame.html", "/report.html"]
    assert seen.page["width"] == browser.PHONE and seen.page["scripts"] == 1
    assert set(seen.page["links"]) <= set(seen.page["ids"])
    levels = seen.page["levels"]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:]))


def test_it_sorts_and_searches(made: Path) -> None:
    (made.parent / "drive.html").write_text(DRIVE)
    output, log, _requests = browser._run(made.parent, "drive.html", "--dump-dom")
    assert "CONSOLE" not in log
    found = json.loads(unescape(re.search(r"<pre>(\{.*\})</pre>", output, re.DOTALL)[1]))
    marks = [float(mark) for mark in found["up"] if mark != "–"]
    assert len(found["before"]) == 200 and marks == sorted(marks) and found["sorted"] == "ascending"
    assert found["up"][-10:] == found["down"][-10:] == ["–"] * 10, "who has no mark stands last, up or down"
    assert found["down"][:190] == [f"{mark:.2f}" for mark in sorted(marks, reverse=True)]
    late = found["search"]
    assert late and all(key.startswith("s10") for key in late) and found["said"] == f"{len(late)} / 200"
    assert found["focusable"] > 200


def test_nothing_is_missing_without_its_script(made: Path) -> None:
    plain = made.with_name("plain.html")
    plain.write_text(
        re.sub(r"<script>.*</script>", "", made.read_text(encoding="utf-8"), flags=re.DOTALL), encoding="utf-8"
    )
    output, _log, _requests = browser._run(made.parent, plain.name, "--dump-dom")
    assert output.count('<tr><th scope="row">') > 200 and re.search(r'class="search" hidden', output)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screenshot_is_not_blank(made: Path, scheme: str, tmp_path: Path) -> None:
    options = ["--force-dark-mode"] if scheme == "dark" else []
    picture = imread(browser.screenshot(made, tmp_path / "page.png", *options))[..., :3]
    bright = float(np.median(picture))
    assert bright > 0.9 if scheme == "light" else bright < 0.2
    assert (np.ptp(picture.reshape(picture.shape[0], -1), axis=1) > 0.2).mean() > 0.25
