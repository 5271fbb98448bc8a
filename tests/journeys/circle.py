"""People round a table, for journeys: who sits where, and the few things they do."""

import os
import re
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Visit

LAPTOP = 1280


@dataclass
class Circle:
    """One meeting with its screens. ``lead`` is the facilitator's; ``phones`` by name."""

    visit: Visit
    lead: Page
    code: str
    number: str
    phones: dict[str, Page] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"/linde/meetings/{self.number}/"

    def come_in(self, who: str, *, width: int = PHONE, dark: bool = False) -> Page:
        """A colleague scans the code and sits down with the own account."""
        page = self.visit(f"/join/{self.code}/", who=f"{who}@linde.example", width=width, dark=dark)
        return self._sit(page, who)

    def come_in_as_guest(self, name: str, *, dark: bool = False) -> Page:
        """A guest types six letters and a first name."""
        page = self.visit("/join/", dark=dark)
        page.fill("#code", self.code.lower())
        page.locator("main button.main").click()
        page.fill("input[name=name]", name)
        return self._sit(page, name)

    def _sit(self, page: Page, name: str) -> Page:
        page.locator("main button.main").click()
        page.wait_for_url("**/phone/")
        self.phones[name] = page
        return page

    def board(self) -> Page:
        """The big screen, opened by the facilitator."""
        return self.visit(f"{self.address}board/", who="sami@linde.example", width=1920)

    def begin(self) -> None:
        self.lead.locator("#start button").click()
        expect(self.lead.locator("#next button")).to_be_visible()

    def next_to(self, question: str) -> None:
        """The facilitator goes on; the new question stands on every screen."""
        self.lead.locator("#next button").click()
        for page in (self.lead, *self.phones.values()):
            expect(page.locator("#question")).to_contain_text(question)


def write(page: Page, text: str) -> None:
    """Put a card on the table; the field is empty again when it has arrived."""
    area = page.locator("form[id^=write-] textarea")
    area.fill(text)
    page.locator("form[id^=write-] button").last.click()
    expect(area).to_have_value("")


def start_now(
    visit: Visit, protocol: str, *, who: str = "sami", width: int = LAPTOP, one_device: bool = False
) -> Circle:
    """From opening the page to people coming in: a tick or two and one button."""
    lead = visit(f"/linde/meetings/new/{protocol}/", who=f"{who}@linde.example", width=width)
    for tick in ("none_apply", "arranged"):
        box = lead.locator(f"input[name={tick}]")
        if box.count():
            box.check()
    if one_device:
        lead.check("input[name=mode][value=one_device]")
    lead.locator("main form button.main").click()
    lead.wait_for_url(re.compile(r"/(lead|table)/$"))
    number = lead.url.rstrip("/").split("/")[-2]
    code = "" if one_device else lead.locator(".code-big").first.inner_text().strip()
    return Circle(visit, lead, code, number)


def group_picture(board: Page, phones: list[Page], name: str) -> None:
    """The big screen with the phones below it in one picture, in the folder ``KRING_PICTURES``."""
    folder = os.environ.get("KRING_PICTURES", "")
    if not folder:
        return
    wall = Image.open(BytesIO(board.screenshot())).resize((1280, 720))
    hands = [Image.open(BytesIO(phone.screenshot())).resize((290, 596)) for phone in phones]
    whole = Image.new("RGB", (1280, 720 + 40 + 596), (214, 210, 202))
    whole.paste(wall, (0, 0))
    for place, hand in enumerate(hands):
        whole.paste(hand, (20 + place * 317, 740))
    whole.quantize(200, dither=Image.Dither.NONE).save(Path(folder) / f"{name}.png", optimize=True)
