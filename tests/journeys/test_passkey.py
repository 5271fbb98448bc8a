"""A passkey, with an authenticator inside the browser: made, used to log in, used as second step."""

import pytest
from playwright.sync_api import Page

from tests.browser import PHONE, Visit, axe
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser


def with_authenticator(visit: Visit) -> Page:
    """A page at a name (a passkey belongs to a name, never to a number such as 127.0.0.1)."""
    home = visit.site.url.replace("127.0.0.1", "localhost")
    page = visit(f"{home}/account/login/", width=PHONE)
    phone = page.context.new_cdp_session(page)
    phone.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    phone.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def password(page: Page, who: str) -> None:
    page.fill("input[name=login]", who)
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()


def make_one(page: Page, home: str, *, also_alone: bool) -> None:
    """Add a passkey; who just typed the password needs not type it again."""
    page.goto(f"{home}/account/2fa/")
    page.get_by_role("link", name="Voeg een passkey toe").click()
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.get_by_role("button", name="Ga verder").click()
    page.fill("input[name=name]", "Mijn telefoon")
    if also_alone:
        page.check("input[name=passwordless]")
    assert axe(page) == []
    page.get_by_role("button", name="Maak de passkey").click()
    page.wait_for_url(lambda url: "/webauthn/add" not in url)


def test_with_a_passkey_alone_somebody_is_in_their_week(visit: Visit) -> None:
    page = with_authenticator(visit)
    home = visit.site.url.replace("127.0.0.1", "localhost")
    password(page, "fleur@linde.example")
    page.wait_for_url("**/linde/")
    make_one(page, home, also_alone=True)
    page.context.clear_cookies()
    page.goto(f"{home}/account/login/")
    page.get_by_role("button", name="Log in met een passkey").click()
    page.wait_for_url("**/linde/")
    assert page.locator("h1").inner_text() == "Dag Fleur"


def test_a_passkey_is_the_second_step_of_who_keeps_the_people(visit: Visit) -> None:
    page = with_authenticator(visit)
    home = visit.site.url.replace("127.0.0.1", "localhost")
    password(page, "ali@linde.example")
    page.wait_for_url("**/start/second-step/**")
    make_one(page, home, also_alone=False)
    page.goto(f"{home}/linde/administration/")
    assert page.locator("h1").inner_text() == "Beheer"
    page.context.clear_cookies()
    page.goto(f"{home}/account/login/")
    password(page, "ali@linde.example")
    page.wait_for_url("**/2fa/authenticate/**")
    assert axe(page) == []
    page.goto(f"{home}/linde/administration/")
    assert "/2fa/authenticate/" in page.url  # the password alone opens nothing
    page.get_by_role("button", name="Gebruik een passkey").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.goto(f"{home}/linde/administration/")
    assert page.locator("h1").inner_text() == "Beheer"
