"""The server is killed in the middle of a harvest: what was released is there once, what was only
proposed is gone and every screen says so, and the meeting goes on to its close.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Site
from tests.crash.phones import insist, screen

LOST = "was gone for a moment"
TEA, NOTE, WALK = "Every evening tea together", "A word of thanks on Friday", "A walk at noon"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path)
    site.run("migrate", "--verbosity", "0")
    yield site
    site.stop()


def report(site: Site) -> dict[str, Any]:
    printed = site.python("from tests.crash.furnish import report; report()")
    found: dict[str, Any] = json.loads(printed.strip().splitlines()[-1])
    return found


def test_killed_in_the_middle_of_a_harvest(site: Site) -> None:
    printed = site.python("from tests.crash.furnish import furnish; furnish()")
    site.start()
    tokens: dict[str, str] = json.loads(printed.strip().splitlines()[-1])

    def ask(name: str, key: str = "", **asked: Any) -> None:
        answer = insist(site.port, tokens[name], asked, key)
        assert answer["refused"] is None, (asked, answer)

    def shown(name: str) -> str:
        return screen(site.port, tokens[name])

    def let_out(text: str, key: str) -> dict[str, Any]:
        ask("joke", kind="propose", output="working_factor", text=text)
        item = re.findall(r'id="go-([^"]+)"', shown("sami"))[-1]
        released = {"kind": "release", "item": item, "confirmed": True}
        ask("sami", key, **released)
        return released

    while (now := report(site))["step"] != "harvest_it":
        ask("sami", kind="enter_next", from_visit=now["visit"])
    tea = let_out(TEA, "release-the-tea")
    ask("daan", kind="propose", output="working_factor", text=NOTE)
    for name in tokens:
        said = shown(name)
        assert (said.count(TEA) > 0, NOTE in said, LOST in said) == (True, True, False), name
    before = report(site)

    site.kill()
    site.start()
    for name in tokens:
        said = shown(name)
        assert (NOTE in said, LOST in said) == (False, True), name
    ask("sami", "release-the-tea", **tea)  # a phone that never heard yes sends it again
    after = report(site)
    assert (after["number"], after["step"]) == (before["number"], "harvest_it")
    check_disk(site)

    let_out(WALK, "release-the-walk")
    check_close(site, ask, shown, tokens)


def check_disk(site: Site) -> None:
    """What was released is there; what was only proposed never touched the disk."""
    data = b"".join(path.read_bytes() for path in site.folder.glob("kring.sqlite3*"))
    assert (TEA.encode() in data, NOTE.encode() in data) == (True, False)
    assert NOTE not in site.log()


def check_close(
    site: Site, ask: Callable[..., None], shown: Callable[[str], str], tokens: dict[str, str]
) -> None:
    """The meeting ends as if nothing had happened: both things are kept, each once."""
    ask("sami", kind="close", confirmed=True, no_follow_up=True)
    closed = report(site)
    assert closed["harvest"] == [TEA, WALK]
    assert closed["numbers"] == list(range(1, closed["number"] + 1))
    for name in tokens:
        assert "The meeting is over." in shown(name), name
