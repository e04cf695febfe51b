"""A served case and a real browser on it; tests that need them are skipped where either is missing."""

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def needed() -> Any:
    """Playwright's own module; skips the test where it or a Chromium is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (group `browser`)")
    if CHROMIUM is None:
        pytest.skip("no Chromium on the path")
    return sync_api


class Served:
    """`winset serve` on a case as a user starts it, in a process of its own."""

    def __init__(self, case: Path, author: str = "Ann", port: str | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "winset", "serve", str(case), "--no-open", *(["--port", port] if port else [])],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "WINSET_AUTHOR": author, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+\S+", line)
        assert found, line
        self.link = found.group()
        self.root = self.link.split("/launch")[0]

    def kill(self) -> None:
        """As by kill -9."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()


@contextmanager
def served(case: Path, **more: Any) -> Iterator[Served]:
    """A server that is gone afterwards."""
    running = Served(case, **more)
    try:
        yield running
    finally:
        running.kill()


@contextmanager
def chromium() -> Iterator[Any]:
    """A headless browser."""
    with needed().sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        try:
            yield browser
        finally:
            browser.close()


def launched(browser: Any, running: Served, **context: Any) -> Any:
    """A page that came in by the launch link; what goes wrong in it is kept in `page.wrongs`."""
    page = browser.new_context(**context).new_page()
    page.set_default_navigation_timeout(120_000)  # ms; what else the machine does is no matter of ours
    page.wrongs = []
    page.on("pageerror", lambda error: page.wrongs.append(str(error)))
    page.on("console", lambda said: page.wrongs.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: (page.wrongs.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    answer = page.goto(running.link)
    assert answer.status == 200, f"the launch link was answered {answer.status}; it works once for each server"
    return page


def gone_on(page: Any, at: str) -> None:
    """Waits until the page is another one than that at `at`, with its scripts."""
    page.wait_for_function("at => location.href !== at", arg=at)
    page.wait_for_load_state()
