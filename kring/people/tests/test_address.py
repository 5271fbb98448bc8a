"""Another mail address to log in with."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.base import scope
from kring.people.models import Letter, TrailEntry
from tests.cast import PASSWORD, Cast

LOGIN, ASK = "/account/login/", "/start/address/"
OLD, NEW = "noor@linde.example", "noor@nieuw.example"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


def logged_in(mail: str = OLD) -> Client:
    browser = Client()
    assert browser.post(LOGIN, {"login": mail, "password": PASSWORD}).status_code == 302
    again = browser.post("/account/reauthenticate/", {"password": PASSWORD})
    assert again.status_code == 302
    return browser


def asked(browser: Client, email: str = NEW) -> str:
    """Ask, and give the link that the letter to the new address holds."""
    assert browser.post(ASK, {"email": email}).status_code == 200
    found = re.search(
        r"https?://[^/]+(/start/address/\S+)", Letter.objects.get(to_email=email).body
    )
    assert found is not None
    return found[1]


def letters() -> list[str]:
    return sorted(Letter.objects.values_list("to_email", flat=True))


def test_the_new_address_confirms_and_the_old_one_is_told(cast: Cast) -> None:
    browser = logged_in()
    link = asked(browser, "Noor@Nieuw.Example".lower())
    assert NEW in browser.get(link).content.decode()
    assert cast.linde.account("noor").email == OLD  # looking changes nothing
    assert (browser.post(link).status_code, letters()) == (200, [OLD, NEW])
    account = cast.linde.account("noor")
    account.refresh_from_db()
    assert account.email == NEW
    assert NEW not in Letter.objects.get(to_email=OLD).body
    assert Client().post(LOGIN, {"login": OLD, "password": PASSWORD}).status_code == 200
    assert Client().post(LOGIN, {"login": NEW, "password": PASSWORD}).status_code == 302
    with scope.inside(cast.linde.organisation.pk):
        verbs = TrailEntry.objects.filter(about__contains="person").values_list("verb", flat=True)
        assert list(verbs) == ["account.address_changed"]
    assert browser.post(link).status_code == 404  # once
    assert letters() == [OLD, NEW]


def test_the_link_is_only_for_who_asked(cast: Cast) -> None:
    link = asked(logged_in())
    stranger = logged_in("daan@linde.example")
    assert (stranger.get(link).status_code, stranger.post(link).status_code) == (404, 404)
    assert Client().post(link).url.startswith(LOGIN)
    assert logged_in().post(f"{link[:-3]}xx/").status_code == 404
    assert cast.linde.account("noor").email == OLD


def test_a_link_of_yesterday_no_longer_works(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    browser = logged_in()
    link = asked(browser)
    then = time.time() + 24 * 3600 + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: then)
    assert browser.post(link).status_code == 404


def test_an_address_that_is_taken_gets_the_same_answer_and_no_letter(cast: Cast) -> None:
    browser, seen = logged_in(), []
    for email in ("daan@linde.example", "niemand@linde.example"):
        with CaptureQueriesContext(connection) as caught:
            page = browser.post(ASK, {"email": email}).content.decode().replace(email, "…")
        wrote = [one for one in caught if 'INSERT INTO "people_letter"' in one["sql"]]
        page = re.sub(r'nonce="[^"]*"|value="[^"]{20,}"|"X-CSRFToken": "[^"]*"', "", page)
        seen.append((page, len(wrote)))
    assert seen[0] == seen[1]
    assert letters() == ["niemand@linde.example"]


def test_somebody_else_took_it_meanwhile(cast: Cast) -> None:
    browser = logged_in()
    link = asked(browser)
    other = cast.linde.account("daan")
    other.email = NEW
    other.save()
    assert browser.post(link).status_code == 404
    assert cast.linde.account("noor").email == OLD
    assert letters() == [NEW]


def test_wrong_input_is_said_and_kept(cast: Cast) -> None:
    browser = logged_in()
    for typed in ("geen adres", OLD.upper(), ""):
        answer = browser.post(ASK, {"email": typed})
        assert answer.status_code in (200, 422)
        assert f'value="{typed}"' in answer.content.decode() or not typed
    assert letters() == []


def test_who_logged_in_long_ago_types_the_password_first(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.linde.account("noor"))
    assert browser.get(ASK).url.startswith("/account/reauthenticate/")
    assert browser.post(ASK, {"email": NEW}).status_code == 302
    assert letters() == []
