"""Every page one can reach by clicking: nothing runs off a narrow phone, axe finds nothing."""

import re

import pytest

from tests.browser import Visit, axe

pytestmark = pytest.mark.browser

NARROW = 320
FILE = re.compile(r"\.(pdf|json|ics|xlsx|csv)$")
MOST = 40


def kind(address: str) -> str:
    """Pages that differ in a number only are one page."""
    return re.sub(r"\d+", "N", address.partition("?")[0])


@pytest.mark.parametrize(
    ("who", "dark", "least"),
    [("joke", False, 15), ("fleur", True, 12), ("ali", False, 6)],  # ali: pages of the second step
)
def test_every_page_can_be_read_on_a_narrow_phone(
    visit: Visit, who: str, dark: bool, least: int
) -> None:
    page = visit("/linde/", who=f"{who}@linde.example", width=NARROW, dark=dark)
    waiting, seen, wrong = [page.url.removeprefix(visit.site.url)], set[str](), list[object]()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if kind(address) in seen or FILE.search(address.partition("?")[0]):
            continue
        seen.add(kind(address))
        answer = page.goto(address)
        assert answer is not None
        wide = page.evaluate("document.documentElement.scrollWidth")
        if (answer.status, wide) != (200, NARROW) or (found := axe(page)):
            wrong.append((address, answer.status, wide, found if wide == NARROW else []))
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.pathname)")
        waiting += [link for link in links if "/logout/" not in link]
    assert wrong == []
    assert len(seen) >= least
