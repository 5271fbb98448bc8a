"""A whole meeting without a mouse, on the facilitator's laptop and on one phone.

Every stop of Tab shows where the hands are: a ring that is seen, in sight, and under nothing (the
bar with Back and Next stays on top of the page).
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import PHONE, Visit

pytestmark = pytest.mark.browser
LAPTOP, LOW = 1280, 620
"""A low window: the bar at its foot stands over most of what is below."""
MOST_STOPS = 90
WRONG = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const one = document.activeElement;
  if (!one || one === document.body) return done("");
  const name = `${one.tagName} ${one.id || one.name || one.textContent.trim().slice(0, 40)}`;
  const around = [one.closest("label"), one, one.parentElement].filter(Boolean);
  const ringed = around.find((box) => {
    const look = getComputedStyle(box);
    return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  if (!ringed) return done(`no ring: ${name}`);
  for (const box of [...ringed.getClientRects()].slice(0, 1)) {
    const x = box.left + box.width / 2;
    for (const y of [box.top + 2, box.bottom - 2]) {
      const hit = document.elementFromPoint(x, y);
      if (!hit) return done(`out of sight: ${name}`);
      if (!ringed.contains(hit) && !hit.contains(ringed))
        return done(`under ${hit.tagName} ${hit.className}: ${name}`);
    }
  }
  done("");
})))"""


@dataclass
class Keys:
    """One pair of hands on one keyboard."""

    page: Page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def to(self, wanted: str | Locator, *, key: str = "Tab") -> None:
        """Press until the focus is there; every stop on the way is looked at."""
        place = self.page.locator(wanted).first if isinstance(wanted, str) else wanted.first
        expect(place).to_be_visible()
        for _stop in range(MOST_STOPS):
            self.press(key)
            assert self.page.evaluate(WRONG) == ""
            if place.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"Not reachable with {key}: {wanted}")

    def push(self, wanted: str | Locator, key: str = "Enter") -> None:
        self.to(wanted)
        self.press(key)

    def write(self, wanted: str, text: str) -> None:
        self.to(wanted)
        self.page.keyboard.type(text)

    def asked(self, question: str) -> None:
        expect(self.page.locator("#question")).to_contain_text(question)


@dataclass
class Pair:
    """The facilitator, and Noor with a keyboard to her phone."""

    lead: Keys
    noor: Keys

    def next_to(self, question: str) -> None:
        self.lead.push("#next button")
        for hands in (self.lead, self.noor):
            hands.asked(question)


def _begin(visit: Visit) -> Pair:
    """Plan, come in, start."""
    page = visit("/linde/meetings/new/team_three_columns/", who="sami@linde.example", width=LAPTOP)
    page.set_viewport_size({"width": LAPTOP, "height": LOW})
    lead = Keys(page)
    for tick in ("none_apply", "arranged"):
        if page.locator(f"input[name={tick}]").count():
            lead.push(f"input[name={tick}]", "Space")
            expect(page.locator(f"input[name={tick}]")).to_be_checked()
    lead.push("main form button.main")
    page.wait_for_url("**/lead/")
    code = page.locator(".code-big").first.inner_text().strip()
    noor = Keys(visit("/join/", who="noor@linde.example", width=PHONE))
    noor.write("#code", code.lower())
    noor.push("main button.main")
    noor.page.wait_for_url(f"**/join/{code}/")
    noor.push("main button.main")
    noor.page.wait_for_url("**/phone/")
    lead.push("#start button")
    lead.asked("Hier zijn we voor")
    return Pair(lead, noor)


def _write_and_reveal(pair: Pair) -> None:
    lead, noor = pair.lead, pair.noor
    pair.next_to("Welk stuk van ons werk")
    pair.next_to("Wat lukt al?")
    noor.write("form[id^=write-] textarea", "Toen vroeg ik eerst wat er goed ging.")
    noor.push("form[id^=write-] button")
    expect(noor.page.locator("form[id^=write-] textarea")).to_have_value("")
    expect(lead.page.locator(".slip", has_text="wat er goed ging")).to_have_count(0)
    lead.push(lead.page.locator("summary", has_text="Laat alles tegelijk zien"), "Space")
    lead.push("form[id^=reveal-] button")
    for hands in (lead, noor):
        expect(hands.page.locator(".slip", has_text="wat er goed ging")).to_be_visible()


def _number_and_round(pair: Pair) -> None:
    lead, noor = pair.lead, pair.noor
    for question in ("Waar maken we ons zorgen over", "Wat vrezen we", "Waar staan we"):
        pair.next_to(question)
    noor.to(noor.page.locator("form[id^=place-] input[type=radio]"))
    for _more in range(3):
        noor.press("ArrowRight")
        assert noor.page.evaluate(WRONG) == ""
    expect(noor.page.locator("form[id^=place-] input:checked")).to_have_value("3")
    noor.push("form[id^=place-] button")
    pair.next_to("geen lager getal")
    expect(noor.page.locator(".whose.mine")).to_have_text("Jij bent aan het woord.")
    noor.push("form[id^=pass-] button")
    words = lead.page.locator(".lead-now .whose")
    expect(words).to_have_text("Jij bent aan het woord.")
    lead.push("#end-turn button")
    expect(words).to_contain_text("nog één keer voor wie paste")
    lead.push("#end-turn button")
    expect(words).to_have_text("Iedereen is geweest.")


def _harvest(pair: Pair) -> None:
    lead, noor = pair.lead, pair.noor
    for question in ("één punt hoger", "hoorden jullie", "komende twee weken", "bewaren we als"):
        pair.next_to(question)
    lead.push(lead.page.locator("details[id^=from-] summary", has_text="Gaat goed"), "Space")
    card = lead.page.locator("li", has_text="wat er goed ging")
    lead.push(card.get_by_role("button", name="Werkzame factor"))
    expect(lead.page.locator(".harvest-consent")).to_contain_text("Wacht op het ja")
    noor.push("form[id^=allow-] button", "Space")
    expect(lead.page.locator(".harvest-consent")).to_contain_text("Dit mag mee")
    lead.push(lead.page.get_by_role("button", name="Dit gaat mee"))
    for hands in (lead, noor):
        expect(hands.page.locator(".harvest-consent")).to_have_text("Gaat mee.")


def _close(pair: Pair) -> None:
    lead, noor = pair.lead, pair.noor
    pair.next_to("Wat neem je mee?")
    lead.push(".lead-moves a.button")
    lead.page.wait_for_url("**/close/")
    lead.push("main form button.main")
    expect(lead.page.locator(".harvest-text")).to_have_text("Toen vroeg ik eerst wat er goed ging.")
    noor.asked("De bijeenkomst is voorbij")
    noor.push(noor.page.get_by_role("link", name="Kijk wat blijft"))
    expect(noor.page.locator(".harvest-text")).to_have_text("Toen vroeg ik eerst wat er goed ging.")


def test_a_whole_meeting_on_two_keyboards(visit: Visit) -> None:
    pair = _begin(visit)
    _write_and_reveal(pair)
    _number_and_round(pair)
    _harvest(pair)
    _close(pair)


@pytest.mark.parametrize("width", [PHONE, LAPTOP])
def test_the_bar_with_next_never_covers_where_the_hands_are(visit: Visit, width: int) -> None:
    """There and back again through everything on the facilitator's screen, in a low window."""
    page = visit("/linde/meetings/new/good_practice_review/", who="sami@linde.example", width=width)
    for tick in ("none_apply", "arranged"):
        page.locator(f"input[name={tick}]").check()
    page.locator("main form button.main").click()
    page.wait_for_url("**/lead/")
    page.locator("#start button").click()
    expect(page.locator("#next button")).to_be_visible()
    page.set_viewport_size({"width": width, "height": 420})
    for drawer in page.locator("main details").all():
        drawer.evaluate("one => (one.open = true)")
    page.locator("#question").click()
    seen = set()
    for key in ("Tab", "Shift+Tab"):
        for _stop in range(60):
            page.keyboard.press(key)
            assert page.evaluate(WRONG) == "", key
            seen.add(page.evaluate("document.activeElement.form?.id ?? ''"))
            if page.evaluate("document.activeElement === document.body"):
                break
    assert {"next", "back"} <= seen
    assert any(one.startswith("write-") for one in seen)
