"""Somebody who reads little takes part: pictures, the fewest words, and a voice."""

import pytest
from playwright.sync_api import expect

from tests.browser import Visit, axe, picture
from tests.journeys.circle import start_now

pytestmark = pytest.mark.browser


def test_a_guest_chooses_few_words_and_pictures(visit: Visit) -> None:
    circle = start_now(visit, "opening_circle")
    guest, other = circle.come_in_as_guest("Mien"), circle.come_in("noor")
    circle.begin()
    full, easy = "Wie het spreekvoorwerp heeft, praat.", "Heb jij het in je hand? Dan praat jij."
    expect(guest.locator("#question")).to_contain_text(full)
    expect(guest.get_by_text(easy)).to_be_hidden()
    guest.get_by_role("button", name="Makkelijker").click()
    expect(guest.get_by_text(easy)).to_be_visible()
    expect(guest.get_by_text(full)).to_be_hidden()
    drawn = guest.locator("#question img.picture")
    expect(drawn).to_be_visible()
    assert drawn.evaluate("img => img.decode().then(() => img.naturalWidth > 0)")
    assert axe(guest) == []
    picture(guest, "easier-phone")
    guest.reload()
    expect(guest.get_by_text(easy)).to_be_visible()
    expect(other.get_by_text(full)).to_be_visible()  # nobody else's screen changed
    guest.get_by_role("button", name="Alle woorden").click()
    expect(guest.get_by_text(full)).to_be_visible()
