"""A real browser on a real server: the fixtures ``site`` and ``visit``, and ``axe``.

The server is uvicorn with ``kring.asgi`` in a process and a data folder of its own, filled with the
cast; it can be killed and started again. A test never touches that database itself: it clicks, or
lets ``site.python(…)`` run a few lines inside. ``visit`` opens pages; what the browser complains
about (scripts, the wall around the page, missing files) fails the test.

Without Debian's chromium the tests are skipped, said loudly; in CI that is a failure.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cast import PASSWORD
from tests.servers import NO_SERVERS

CHROMIUM = Path("/usr/bin/chromium")
NO_BROWSER = f"NO BROWSER: {CHROMIUM} is missing. Mend it: sudo apt install chromium"
PROJECT = Path(__file__).resolve().parent.parent
PHONE, SCREEN = 360, 1920
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FURNISH = "from tests.cast import make_cast; make_cast()"
_missing: list[str] = []


def free_port() -> int:
    """A port nobody uses at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass
class Site:
    """A running Kring. ``url`` has no slash at the end."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    more: dict[str, str] = field(default_factory=dict)
    """Settings beside those of home: another database, Redis."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def env(self) -> dict[str, str]:
        """The settings of this server; nothing of the machine's own Kring."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KRING_")}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "kring.settings",
            "KRING_DATA_DIR": str(self.folder),
            "PORT": str(self.port),
            **self.more,
        }

    def run(self, *command: str) -> str:
        """Run a Kring command (``site.run("migrate")``) and give what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "kring", *command],
            cwd=PROJECT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, lines: str) -> str:
        """Run a few lines of Python inside this installation and give what they printed."""
        return self.run("shell", "--no-imports", "-c", lines)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = (self.folder / f"server-{self.port}.log").open("ab")
        command = ["-m", "uvicorn", "kring.asgi:application", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [
                sys.executable,
                *command,
                "--log-level",
                "warning",
                "--timeout-graceful-shutdown",
                "3",
            ],
            cwd=PROJECT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        log.close()
        for _ in range(300):
            try:
                with urlopen(f"{self.url}/healthz", timeout=2) as answer:
                    answer.read()
                return
            except OSError:
                assert self.process.poll() is None, self.log()
                time.sleep(0.1)
        raise TimeoutError(self.log())

    def kill(self) -> None:
        """End the server the hard way: no goodbye, nothing written."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """End the server as an operator would."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def log(self) -> str:
        """What the server said."""
        log = self.folder / f"server-{self.port}.log"
        return log.read_text(encoding="utf-8", errors="replace")


def has_browser() -> bool:
    """Whether there is a browser. Without one: failure in CI, elsewhere a loud skip."""
    if CHROMIUM.exists():
        return True
    if os.environ.get("CI") in {"true", "1"}:
        pytest.fail(NO_BROWSER)
    _missing.append(NO_BROWSER)
    return False


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say at the end of the run what was not there, so that nobody believes otherwise."""
    skipped = terminalreporter.stats.get("skipped", [])
    for words in (NO_BROWSER, NO_SERVERS):
        if words in _missing or any(words in str(report.longrepr) for report in skipped):
            terminalreporter.write_sep("!", words, red=True, bold=True)


@pytest.fixture(scope="session")
def site() -> Iterator[Site]:
    """A running installation with the cast in it; one for all tests of a worker."""
    with tempfile.TemporaryDirectory(prefix="kring-site-", ignore_cleanup_errors=True) as name:
        running = Site(Path(name))
        running.run("prepare")
        running.python(FURNISH)
        running.start()
        yield running
        running.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium. Per module, for Playwright keeps an event loop open while it lives."""
    if not has_browser():
        pytest.skip(NO_BROWSER)
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield opened
        opened.close()


@dataclass
class Visit:
    """Opens pages of the site, as a visitor or as somebody of the cast."""

    site: Site
    browser: Browser
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        path: str = "/",
        *,
        who: str = "",
        width: int = PHONE,
        dark: bool = False,
        language: str = "nl",
        **options: Any,
    ) -> Page:
        """A page in a window of its own. ``who`` is a mail address of the cast."""
        context = self.browser.new_context(
            base_url=self.site.url,
            viewport={"width": width, "height": 740 if width < 800 else 1080},
            color_scheme="dark" if dark else "light",
            locale=language,
            reduced_motion="reduce",
            **options,
        )
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: self.hear(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        if who:
            self.log_in(page, who)
        page.goto(path)
        return page

    def hear(self, kind: str, text: str) -> None:
        """Errors count; a page that answers 4xx on purpose does not."""
        on_purpose = "Failed to load resource" in text and "status of 4" in text
        if kind == "error" and not on_purpose:
            self.complaints.append(text)

    def log_in(self, page: Page, who: str) -> None:
        """Through the front door, as everybody does."""
        page.goto("/account/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.locator("form:has(input[name=password]) button[type=submit]").first.click()
        page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.fixture
def visit(site: Site, browser: Browser) -> Iterator[Visit]:
    """Open pages; what the browser complained about fails the test."""
    visiting = Visit(site, browser)
    yield visiting
    for context in visiting.contexts:
        context.close()
    assert visiting.complaints == []


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it is now; empty when all is well."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    return [
        f"{one['id']} ({one['impact']}): {node['html'][:160]} — {node['failureSummary'][:300]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def picture(page: Page, name: str, *, full: bool = False) -> None:
    """A screenshot in the folder ``KRING_PICTURES``, when there is one."""
    folder = os.environ.get("KRING_PICTURES", "")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=full)
