"""Looks at a page with a real browser, headless, for the tests: one short run for what is in it, one for a picture.

Holds no test. The page is served by this process, which records what a browser asks for; every name that a page could
call leads here too."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from dataclasses import dataclass
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SECONDS = 60  # a run takes about two; a busy machine takes longer
PHONE = 360
# Without its own sandbox, which is not available in a container (the page is ours), and without calls of its own.
OPTIONS = """--headless --no-sandbox --disable-gpu --hide-scrollbars --enable-logging=stderr --no-first-run --disable-sync
--disable-background-networking --disable-component-update --disable-features=NetworkTimeServiceQuerying""".split()
# Looks into the page from outside of it, since the page itself runs no script.
FRAME = """<!doctype html><title>frame</title><link rel="icon" href="data:,">
<iframe src="report.html" width="{width}" height="800"></iframe><pre></pre>
<script>
addEventListener("load", () => {{
  const page = document.querySelector("iframe").contentDocument;
  const headings = [...page.querySelectorAll("h1, h2, h3, h4")];
  document.querySelector("pre").textContent = JSON.stringify({{
    title: page.title, text: page.body.innerText, width: page.documentElement.scrollWidth,
    scripts: page.scripts.length, ids: [...page.querySelectorAll("[id]")].map(e => e.id),
    links: [...page.querySelectorAll("a[href^='#']")].map(e => e.hash.slice(1)),
    levels: headings.map(e => Number(e.localName[1])), headings: headings.map(e => e.textContent.trim()),
    broken: [...page.images].filter(e => !e.complete || !e.naturalWidth).length, images: page.images.length,
    marked: [...page.querySelectorAll(".marked")].map(e => e.innerText),
  }});
}});
</script>"""


def find() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@dataclass(frozen=True)
class Look:
    """What the browser has found."""

    page: dict
    console: list[str]  # what it had to complain about
    requests: list[str]


class _Server(SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.requests.append(self.path)
        super().do_GET()

    def log_message(self, format: str, *arguments: object) -> None:
        pass  # nor is the browser's own business recorded, which comes encrypted and is no request that can be read


def _run(folder: Path, name: str, *options: str) -> tuple[str, str, list[str]]:
    """What the browser prints and logs of a file of the folder, and what it asked the server for."""
    browser = find()
    assert browser
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Server, directory=str(folder))) as server:
        server.requests = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"127.0.0.1:{server.server_address[1]}"
        command = [browser, *OPTIONS, f"--user-data-dir={folder / 'browser'}", f"--host-resolver-rules=MAP * {address}"]
        command += [*options, f"http://{address}/{name}"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        server.shutdown()
    shutil.rmtree(folder / "browser", ignore_errors=True)
    return done.stdout, done.stderr, server.requests


def look(page: Path, width: int = PHONE) -> Look:
    """What a reader with a window of this width gets to see."""
    frame = page.parent / "frame.html"
    frame.write_text(FRAME.format(width=width))
    output, log, requests = _run(page.parent, frame.name, "--dump-dom")
    frame.unlink()
    found = re.search(r"<pre>(\{.*\})</pre>", output, re.DOTALL)
    assert found, output[-2000:] + log[-2000:]
    return Look(json.loads(unescape(found[1])), [line for line in log.splitlines() if "CONSOLE" in line], requests)


def screenshot(page: Path, target: Path, *options: str) -> Path:
    _run(page.parent, page.name, "--window-size=500,1600", f"--screenshot={target}", *options)
    return target
