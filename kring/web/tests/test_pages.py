"""Pages that belong to nobody's feature: health, bad days, language, theme."""

import json
import re

import pytest
from django.db import DatabaseError
from django.test import Client

from kring.people.models import Organisation
from kring.web import theme
from tests.cast import Cast


def test_health_is_plain_and_needs_no_login(client: Client, db: None) -> None:
    assert (client.get("/healthz").content, client.get("/readyz").content) == (b"ok\n", b"ready\n")


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", fail)
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_search_engines_stay_out(client: Client) -> None:
    assert client.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


def test_a_phone_may_keep_it_on_its_first_screen(client: Client) -> None:
    said = json.loads(client.get("/manifest.json").content)
    assert (said["start_url"], said["icons"][0]["sizes"]) == ("/", "any")


def test_a_theme_is_kept_for_ever_and_only_under_its_own_address(client: Client) -> None:
    answer = client.get(f"/theme/30-{theme.digest(30)}.css")
    assert answer.content.decode() == theme.sheet(30)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(f"/theme/31-{theme.digest(30)}.css").status_code == 404
    assert client.get(f"/theme/390-{theme.digest(30)}.css").status_code == 404


@pytest.mark.parametrize("path", ["/nowhere/", "/linde/", "/linde/nowhere/"])
def test_what_is_not_there_and_what_is_not_yours_look_the_same(
    client: Client, cast: Cast, path: str
) -> None:
    client.force_login(cast.anker.account("anker_lid"))
    missing = client.get("/never/heard/of/")
    answer = client.get(path)
    assert (answer.status_code, missing.status_code) == (404, 404)
    assert strip(answer.content.decode(), path) == strip(
        missing.content.decode(), "/never/heard/of/"
    )


def strip(html: str, path: str) -> str:
    """A page without what must differ: tokens and the address itself."""
    html = re.sub(r'(name="csrfmiddlewaretoken" value=|"X-CSRFToken": )"[^"]*"', r"\1", html)
    return html.replace(path, "PATH")


def test_a_form_that_is_too_old_says_so_and_loses_nothing() -> None:
    client = Client(enforce_csrf_checks=True, headers={"accept-language": "nl"})
    answer = client.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "Dit formulier is te oud geworden" in answer.content.decode()


def test_something_broke_is_said_without_the_database(client: Client) -> None:
    from kring.web.views import went_wrong

    html = went_wrong(None).content.decode()  # type: ignore[arg-type]  # no request is left
    assert "Er ging bij ons iets stuk" in html


def test_language_goes_back_only_to_our_own_pages(client: Client) -> None:
    there = client.post("/language/", {"language": "en", "next": "https://elsewhere.example/"})
    assert there["Location"] == "/"
    back = client.post("/language/", {"language": "en", "next": "/offline/"})
    assert (back["Location"], client.cookies["kring_language"].value) == ("/offline/", "en")
    assert client.get("/language/").status_code == 405


@pytest.mark.django_db
def test_an_organisation_has_its_own_hue(client: Client, cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.linde.organisation.pk).update(brand_hue=30)
    client.force_login(cast.linde.account("noor"))
    html = client.get("/linde/nowhere/").content.decode()
    assert f"/theme/30-{theme.digest(30)}.css" in html


def test_the_address_of_a_button_is_not_a_blank_page(client: Client) -> None:
    page = client.get("/language/", headers={"accept": "text/html", "accept-language": "nl"})
    assert (page.status_code, page["Allow"]) == (405, "POST")
    assert "Dit werkt alleen met een knop" in page.content.decode()
    software = client.get("/language/", headers={"accept": "application/json"})
    assert (software.status_code, software.content) == (405, b"")


@pytest.mark.django_db
@pytest.mark.parametrize(("asked", "kept"), [("en", "en"), ("xx", "nl")])
def test_whoever_is_logged_in_reads_the_chosen_language(
    client: Client, cast: Cast, asked: str, kept: str
) -> None:
    noor, sami = cast.linde.account("noor"), cast.linde.account("sami")
    client.force_login(noor)
    client.post("/language/", {"language": asked})
    noor.refresh_from_db()
    sami.refresh_from_db()
    assert (noor.language, sami.language) == (kept, "nl")
    said = client.get("/nowhere/at/all/").content.decode()
    assert f'<html lang="{kept}">' in said
