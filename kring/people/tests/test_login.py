"""Logging in: nothing is given away, and guarded roles show a second step first."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kring.people.models import DemoFace, Letter
from tests.cast import PASSWORD, Cast, log_in

LOGIN = "/account/login/"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


def plain(html: str, *typed: str) -> str:
    """A page without what differs every time."""
    html = re.sub(r'(name="(?:csrfmiddlewaretoken|key)" value=")[^"]*', r"\1", html)
    html = re.sub(r'"X-CSRFToken": "[^"]*"', "", html)
    html = re.sub(r'nonce="[^"]*"', "", html)
    for word in typed:
        html = html.replace(word, "…")
    return html


def try_login(mail: str, password: str) -> str:
    answer = Client().post(LOGIN, {"login": mail, "password": password})
    assert answer.status_code == 200
    return plain(answer.content.decode(), mail)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast: Cast) -> None:
    known = try_login("noor@linde.example", "dit-is-het-niet")
    unknown = try_login("niemand@linde.example", "dit-is-het-niet")
    assert known == unknown
    account = cast.linde.account("noor")
    account.is_active = False
    account.save()
    assert try_login("noor@linde.example", PASSWORD) == unknown


def test_asking_for_a_new_password_gives_nothing_away(cast: Cast) -> None:
    answers = []
    for mail in ("noor@linde.example", "niemand@linde.example"):
        answer = Client().post("/account/password/reset/", {"email": mail}, follow=True)
        answers.append((answer.redirect_chain, plain(answer.content.decode())))
    assert answers[0] == answers[1]
    assert [letter.to_email for letter in Letter.objects.all()] == ["noor@linde.example"]


def test_asking_costs_as_much_for_an_unknown_address(cast: Cast) -> None:
    writes = []
    for mail in ("noor@linde.example", "niemand@linde.example"):
        with CaptureQueriesContext(connection) as caught:
            Client().post("/account/password/reset/", {"email": mail})
        sent = [one["sql"] for one in caught if 'INSERT INTO "people_letter"' in one["sql"]]
        writes.append(len(sent))
    assert writes == [1, 1]


def test_the_link_in_the_letter_sets_a_new_password_once(cast: Cast) -> None:
    Client().post("/account/password/reset/", {"email": "noor@linde.example"})
    letter = Letter.objects.get()
    assert (letter.language, letter.subject) == ("nl", letter.subject)
    link = re.search(r"https?://[^/]+(/account/\S+)", letter.body)
    assert link is not None
    browser = Client()
    form = browser.get(link[1], follow=True)
    new = "een-heel-ander-verhaal"
    done = browser.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert done.url == "/account/password/reset/key/done/"
    assert Client().post(LOGIN, {"login": "noor@linde.example", "password": new}).status_code == 302
    again = Client().get(link[1], follow=True)
    assert again.context["token_fail"] is True


@pytest.mark.parametrize(
    ("name", "second_factor", "gets_in"),
    [
        ("noor", False, True),
        ("joke", False, True),
        ("ali", False, False),
        ("ali", True, True),
        ("petra", False, False),
        ("external", False, False),
        ("external", True, True),
    ],
)
def test_guarded_roles_show_a_second_step_first(
    cast: Cast, name: str, second_factor: bool, gets_in: bool
) -> None:
    browser = log_in(Client(), cast.linde.account(name), second_factor=second_factor)
    answer = browser.get("/linde/")
    if gets_in:
        assert answer.status_code == 200
    else:
        assert (answer.status_code, answer.url) == (302, "/start/second-step/?next=%2Flinde%2F")


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_opens_the_organisation(cast: Cast) -> None:
    browser = Client()
    browser.post(LOGIN, {"login": "ali@linde.example", "password": PASSWORD})
    assert browser.get("/linde/").status_code == 302
    assert browser.get("/account/2fa/totp/activate/").url.startswith("/account/reauthenticate/")
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret
    done = browser.post("/account/2fa/totp/activate/", {"code": code_now(secret)})
    assert done.url == "/account/2fa/recovery-codes/"
    assert browser.get(done.url).status_code == 200
    assert browser.get("/linde/").status_code == 200
    assert Letter.objects.get().to_email == "ali@linde.example"
    later = Client()
    asked = later.post(LOGIN, {"login": "ali@linde.example", "password": PASSWORD})
    assert asked.url.startswith("/account/2fa/authenticate/")
    assert "mfa_webauthn_authenticate" not in later.get(asked.url).content.decode()  # has none
    assert later.get("/linde/").url.startswith("/account/login/")


def code_now(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_the_secret_of_a_second_step_is_sealed(cast: Cast) -> None:
    account = cast.linde.account("ali")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(account)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    codes = Authenticator.objects.get(type="recovery_codes").wrap()
    assert "JBSWY3DPEHPK3PXP" not in stored
    assert any(code in stored for code in codes.get_unused_codes()) is False
    assert Authenticator.objects.get(type="totp").wrap().validate_code(code_now("JBSWY3DPEHPK3PXP"))


def test_the_link_of_a_letter_never_goes_to_another_host(cast: Cast, settings: object) -> None:
    settings.ALLOWED_HOSTS = ["*"]  # type: ignore[attr-defined]
    data = {"email": "noor@linde.example"}
    Client(HTTP_HOST="evil.example").post("/account/password/reset/", data)
    body = Letter.objects.get().body
    assert ("evil.example" in body, f"{django_settings.BASE_URL}/account/" in body) == (False, True)


def test_a_session_from_before_the_second_step_is_asked_for_it(cast: Cast) -> None:
    account = cast.linde.account("ali")
    browser = log_in(Client(), account, second_factor=False)
    RecoveryCodes.activate(account)
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    there = browser.get("/start/second-step/?next=/linde/").url
    assert there == "/account/2fa/reauthenticate/?next=%2Flinde%2F"


@pytest.mark.parametrize(
    "page",
    [
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/",
        "/account/2fa/webauthn/add/",
        "/account/password/change/",
        "/account/logout/",
        "/account/reauthenticate/",
        "/start/second-step/",
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_ours(cast: Cast, page: str, language: str) -> None:
    browser = Client()
    browser.cookies["kring_language"] = language
    browser.post(LOGIN, {"login": "ali@linde.example", "password": PASSWORD})
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = browser.get(page)
    html = answer.content.decode()
    assert (answer.status_code, f'<html lang="{language}">' in html) == (200, True)
    assert 'class="logo"' in html


@pytest.mark.parametrize(
    "page", [LOGIN, "/account/password/reset/", "/account/password/reset/done/"]
)
def test_pages_before_logging_in_are_ours(client: Client, db: None, page: str) -> None:
    html = client.get(page).content.decode()
    assert ('class="logo"' in html, "Sign" in html) == (True, False)


def test_what_we_do_not_use_is_not_there(client: Client, db: None) -> None:
    for page in ("/account/signup/", "/account/email/", "/account/confirm-email/"):
        assert client.get(page).status_code == 404


def test_the_demonstration_offers_the_cast_with_one_click(cast: Cast, settings: object) -> None:
    face = DemoFace.objects.create(
        account=cast.linde.account("ali"), name="Ali", words={"nl": "beheerder", "en": "admin"}
    )
    settings.DEMO = True  # type: ignore[attr-defined]
    browser = Client(enforce_csrf_checks=True)
    page = browser.get(LOGIN)
    assert "beheerder" in page.content.decode()
    assert browser.post("/start/demo/", {"face": face.pk}).status_code == 403
    token = page.context["csrf_token"]
    sent = {"face": face.pk, "csrfmiddlewaretoken": str(token)}
    assert browser.post("/start/demo/", sent).url == "/"
    home = browser.get("/linde/")
    assert (home.status_code, home.context["actor"].name) == (200, "Ali")


def test_outside_a_demonstration_there_is_no_cast(cast: Cast, settings: object) -> None:
    face = DemoFace.objects.create(account=cast.linde.account("ali"), name="Ali in demo")
    settings.DEMO = False  # type: ignore[attr-defined]
    browser = Client()
    assert "Ali in demo" not in browser.get(LOGIN).content.decode()
    assert browser.get("/start/demo/").status_code == 404
    assert browser.post("/start/demo/", {"face": face.pk}).status_code == 404
    session = log_in(browser, cast.linde.account("ali"), second_factor=False).session
    session["kring_demo"] = True
    session.save()
    assert browser.get("/linde/").status_code == 302


def test_nobody_outside_the_cast_can_be_chosen(cast: Cast, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    for face in (cast.linde.account("noor").pk, "", "x", "9" * 40):
        assert Client().post("/start/demo/", {"face": face}).status_code == 404


def test_many_tries_are_slowed_down(cast: Cast) -> None:
    said = [try_login("noor@linde.example", "fout-fout-fout") for _ in range(7)]
    assert said[0] != said[-1]
    right = Client().post(LOGIN, {"login": "noor@linde.example", "password": PASSWORD})
    assert right.status_code == 200
    unknown = [try_login("niemand@linde.example", "fout-fout-fout") for _ in range(7)]
    assert unknown[-1] == said[-1]


def test_the_start_leads_to_the_own_organisation(cast: Cast) -> None:
    assert Client().get("/").url == reverse("account_login")
    assert log_in(Client(), cast.linde.account("noor")).get("/").url == "/linde/"
    both = log_in(Client(), cast.linde.account("external")).get("/")
    assert [one.slug for one in both.context["organisations"]] == ["linde", "waterkant"]
