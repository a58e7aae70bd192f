"""The page of a grade as a browser shows it: of a full, an untouched and a failing, hostile submission.

Run by pytest (`make test`); needs the built grader and a Chromium; skips where there is none (Ubuntu's is a snap)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from grader.common.build_facts import ROOT
from grader.tests.support import browser_support as browser, corpus_support as support
from grader.tests.support.browser_support import Look

pytestmark = [
    pytest.mark.skipif(not support.SOLUTIONS.is_dir(), reason="a student's copy has no solutions/"),
    pytest.mark.skipif(browser.find() is None, reason="there is no Chromium here"),
]

SECTIONS = ["Marks", "Exercises", "Learning curves", "Speed", "What the model has learned"]
SCRIPT = "<script>document.title = 'taken over'</script>"
WRONG = {
    "softmax_batch.cpp": f"""arma::mat softmax_batch(const arma::mat& logits) {{
    for (double x : logits) if (x > 1e99) return logits; // {SCRIPT}<img src=http://example.com/x.png>
    return logits;
}}
""",
    "grad_batch.cpp": f"""Gradients grad_batch(const arma::mat&, const arma::mat&, const arma::uvec&) {{
    throw std::runtime_error("{SCRIPT}<style>body {{ display: none }}</style>");
}}
""",
    "evaluate.cpp": f"double evaluate(int {SCRIPT};\n",
}


@pytest.fixture(scope="module", params=["full", "untouched", "failing"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, dict]:
    """Which submission, its page, and its report."""
    folder = tmp_path_factory.mktemp(request.param)
    submissions = {"full": support.SOLUTIONS, "untouched": ROOT / "exercises"}
    if request.param == "failing":
        files = {name: text.encode() for name, text in WRONG.items()}
        submissions["failing"] = support.submission(folder / "submission", files)
    result = support.grade(submissions[request.param], folder / "out")
    assert result.code == 0, result.output
    assert "report.html" in result.output
    assert not list((folder / "out").glob("*.new"))
    return request.param, folder / "out" / "report.html", result.report


@pytest.fixture(scope="module")
def seen(page: tuple[str, Path, dict]) -> Look:
    return browser.look(page[1])


def test_it_shows_every_section_and_the_marks(page: tuple[str, Path, dict], seen: Look) -> None:
    _, _, report = page
    assert seen.page["title"].startswith(f"{report['score']:g} of {report['max_score']:g} marks")
    assert [h for h in seen.page["headings"] if h in SECTIONS] == SECTIONS
    for name in {item["exercise"] for item in report["items"]}:
        assert name in seen.page["text"]
    assert set(seen.page["links"]) <= set(seen.page["ids"])
    levels = seen.page["levels"]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in zip(levels, levels[1:]))


def test_it_asks_for_nothing_and_runs_nothing(seen: Look) -> None:
    assert seen.console == []
    assert seen.requests == ["/frame.html", "/report.html"]
    assert seen.page["scripts"] == 0


def test_it_fits_a_phone(seen: Look) -> None:
    assert seen.page["width"] == browser.PHONE


def test_what_a_submission_says_is_text(page: tuple[str, Path, dict], seen: Look) -> None:
    if page[0] != "failing":
        pytest.skip("about the hostile one")
    text = seen.page["text"]
    assert text.count(SCRIPT) >= 2  # in a message and in a line of the source
    assert any("for (double x : logits)" in line for line in seen.page["marked"])
    assert any(line.startswith("→") and "double evaluate(int" in line for line in seen.page["marked"])


def test_pictures_stand_where_there_is_something_to_show(page: tuple[str, Path, dict], seen: Look) -> None:
    later = seen.page["text"].count("Here you will see")
    assert seen.page["broken"] == 0
    # 10 templates and the mistakes; the failing one trains a model too, for its batch functions are not used there.
    assert {"full": later == 0, "untouched": later == 4, "failing": later == 2}[page[0]], later
    assert (seen.page["images"] > 10) == (page[0] != "untouched")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_screenshot_is_not_blank(page: tuple[str, Path, dict], scheme: str, tmp_path: Path) -> None:
    options = ["--force-dark-mode"] if scheme == "dark" else []
    picture = imread(browser.screenshot(page[1], tmp_path / "page.png", *options))[..., :3]
    bright = float(np.median(picture))
    assert bright > 0.9 if scheme == "light" else bright < 0.2
    # Text all over it: many rows of pixels hold more than the background.
    rows = np.ptp(picture.reshape(picture.shape[0], -1), axis=1) > 0.2
    assert rows.mean() > 0.25
