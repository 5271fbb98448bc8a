"""People in a restorative talk, for journeys: who is invited, their papers and their screens."""

import base64
import re
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page, expect

from tests.browser import PHONE, Visit

LAPTOP = 1280
FURNISH = """
from datetime import date
from allauth.mfa.totp.internal.auth import TOTP
from kring.base import scope
from kring.methods import actions as methods
from kring.people.actors import actor_of
from kring.people.models import Account, Organisation, Person
house = Organisation.objects.get(slug="linde")
account = Account.objects.get(email="fleur@linde.example")
account.authenticator_set.all().delete()
TOTP.activate(account, "{secret}")
with scope.inside(house.pk):
    keeper = actor_of(Person.objects.get(email="ali@linde.example"), second_factor=True)
    methods.open_register(keeper, decided_on=date(2026, 1, 5), words="Verslag 3")
    trained = Person.objects.get(email="fleur@linde.example")
    methods.record_trained(keeper, trained, method="herstelgericht")
"""


AFTER = """
from kring.people.models import Account
Account.objects.get(email="fleur@linde.example").authenticator_set.all().delete()
"""


def log_in_twice(page: Page, who: str, secret: str) -> None:
    """With a password and a second step. A code works once, so every test has a secret of its own."""
    page.goto("/account/login/")
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", "lopen-door-het-lindebos")
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url("**/2fa/**")
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.locator("form:has(input[name=code]) button[type=submit]").first.click()
    page.wait_for_url(lambda url: "/account/" not in url)


@dataclass
class Quiet:
    """One talk. ``lead`` is the facilitator's screen, ``phones`` those of the others by name."""

    visit: Visit
    lead: Page
    here: str = ""
    phones: dict[str, Page] = field(default_factory=dict)

    def codes(self) -> dict[str, str]:
        """The letters on the papers of the guests."""
        self.lead.goto(self.here)
        papers = self.lead.locator("a[href*='/paper/']").evaluate_all("all => all.map(a => a.href)")
        found = {}
        for paper in papers:
            self.lead.goto(paper)
            name = self.lead.locator("h1").inner_text()
            found[name] = self.lead.locator(".code-big").inner_text()
        return found

    def guest(self, name: str, code: str) -> Page:
        """A guest types the letters of their paper; no name, no address, no account."""
        page = self.visit("/join/")
        page.fill("#code", code)
        page.locator("main button.main").click()
        page.wait_for_url(re.compile(r"/talks/\d+/$"))
        self.phones[name] = page
        return page

    def colleague(self, name: str) -> Page:
        """A colleague finds it among their own talks.

        My week shows the few lines that matter first; after other journeys in this house that need
        not be the invitation.
        """
        page = self.visit("/linde/meetings/", who=f"{name}@linde.example")
        page.goto("/linde/meetings/")
        page.locator("a[href$='/meetings/talks/']").first.click()
        page.wait_for_url("**/meetings/talks/")
        page.locator(f"a[href='{urlsplit(self.here).path}']").first.click()
        page.wait_for_url(self.here)
        self.phones[name] = page
        return page

    def prepare(self, name: str) -> None:
        """The facilitator notes that they talked, and that it can be safe."""
        self.lead.goto(self.here)
        self.lead.locator("li", has_text=name).get_by_role("link", name="Voorbereiden").click()
        self.lead.check("input[name=prepared]")
        for box in self.lead.locator("input[type=radio][value=yes][name^=check_]").all():
            box.check()

    def say_yes(self, name: str) -> None:
        page = self.phones[name]
        page.locator("button[value=yes]").click()
        expect(page.locator(".notice.done")).to_contain_text("Je koos: ja")

    def sit_down(self, name: str) -> None:
        page = self.phones[name]
        page.goto(self.here)
        page.get_by_role("button", name="Ik ga zitten").click()
        page.wait_for_url("**/phone/")

    def next_to(self, question: str) -> None:
        self.lead.locator("#next button").click()
        for page in (self.lead, *self.phones.values()):
            expect(page.locator("#question")).to_contain_text(question)


def plan(visit: Visit) -> Quiet:
    """The facilitator logs in with two steps and fills in the plan of a conference."""
    secret = base64.b32encode(secrets.token_bytes(10)).decode()
    visit.site.python(FURNISH.replace("{secret}", secret))
    lead = visit("/account/login/", width=LAPTOP)
    log_in_twice(lead, "fleur@linde.example", secret)
    visit.site.python(AFTER)  # later journeys find her as she was
    lead.goto("/linde/meetings/talks/new/restorative_conference/")
    return Quiet(visit, lead)


def fill_in(lead: Page, *, place: str = "Kamer aan de tuin") -> None:
    lead.check("input[name=none_apply]")
    lead.fill("textarea[name=role_responsible_person]", "Noor")
    lead.fill("textarea[name=role_affected_person]", "Riet")
    lead.fill("textarea[name=role_supporter]", "Wim\nTruus")
    lead.fill("input[name=place]", place)
    lead.check("input[name=declared]")


__all__ = ["LAPTOP", "PHONE", "Quiet", "fill_in", "plan"]
