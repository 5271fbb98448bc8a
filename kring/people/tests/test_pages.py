"""Pages about people through their views: who sees what, in a constant number of queries."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.base import clock
from kring.people.models import Membership, Person, RoleGrant, Team, TrailEntry, Unit
from tests.cast import BEGIN, Cast, House, log_in


@pytest.fixture
def noor(linde: House) -> Client:
    return log_in(Client(), linde.account("noor"))


@pytest.fixture
def joke(linde: House) -> Client:
    return log_in(Client(), linde.account("joke"))


@pytest.fixture
def ali(linde: House) -> Client:
    return log_in(Client(), linde.account("ali"))


def more_people(linde: House, count: int) -> None:
    here = Person.objects.count()
    for number in range(here, here + count):
        person = Person(name=f"Extra {number}", email=f"extra{number}@linde.example")
        person.save()
        Membership(person=person, team=linde.teams["vuurtoren"], starts_on=BEGIN).save()


PAGES = [
    "/linde/", "/linde/welcome/", "/linde/people/", "/linde/people/?q=e", "/linde/teams/",
    "/linde/teams/{team}/", "/linde/people/{person}/", "/linde/me/", "/linde/me/known/",
]  # fmt: skip
ADMIN = [
    "/linde/administration/", "/linde/administration/?show=waiting&q=a",
    "/linde/administration/people/new/", "/linde/administration/people/{person}/",
    "/linde/administration/places/", "/linde/administration/places/?in={unit}",
    "/linde/administration/invitations/", "/linde/administration/staff/",
    "/linde/administration/settings/", "/linde/administration/parts/{unit}/",
    "/linde/administration/teams/{team}/",
]  # fmt: skip


def address(linde: House, page: str) -> str:
    return page.format(
        team=linde.teams["vuurtoren"].pk,
        person=linde.people["daan"].pk,
        unit=linde.units["lindehof"].pk,
    )


@pytest.mark.parametrize("page", PAGES + ADMIN)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_opens(linde: House, ali: Client, page: str, language: str) -> None:
    ali.cookies["kring_language"] = language
    answer = ali.get(address(linde, page))
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES + ADMIN)
def test_no_page_asks_more_because_there_is_more(linde: House, ali: Client, page: str) -> None:
    path = address(linde, page)
    counts = []
    for more in (1, 3, 9):
        more_people(linde, more)
        if more == 9:
            for number in range(3):
                Team(code=f"t{number}", name=f"Team {number}", unit=linde.units["lindehof"]).save()
                Unit(code=f"u{number}", name=f"U {number}", parent=linde.units["lindehof"]).save()
        ali.get(path)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert ali.get(path).status_code == 200
        counts.append(len(caught))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("page", ADMIN)
def test_only_administrators_administer(
    linde: House, noor: Client, joke: Client, page: str
) -> None:
    for browser in (noor, joke, log_in(Client(), linde.account("hester"))):
        assert browser.get(address(linde, page)).status_code == 403


def test_colleagues_see_a_name_and_teams_but_no_mail_and_no_history(
    linde: House, noor: Client
) -> None:
    daan = linde.people["daan"]
    daan.ask_me_about = "muziek met bewoners"
    daan.save()
    old = Membership(
        person=daan, team=linde.teams["duinhuis"], starts_on=BEGIN,
        ends_on=BEGIN + timedelta(days=9),
    )  # fmt: skip
    old.save()
    page = noor.get(f"/linde/people/{daan.pk}/").content.decode()
    assert [word in page for word in ("Daan", "Team Vuurtoren", "muziek met bewoners")] == [
        True
    ] * 3
    assert [word in page for word in ("Team Duinhuis", daan.email, "linde-daan")] == [False] * 3
    ria = log_in(Client(), linde.account("ria")).get(f"/linde/people/{daan.pk}/")
    assert ("Team Duinhuis" in ria.content.decode(), daan.email in ria.content.decode()) == (
        True,
        False,
    )


def test_somebody_elses_organisation_is_not_there(cast: Cast, linde: House, noor: Client) -> None:
    other = cast.waterkant.people["waterkant_lid"].pk
    nobody = noor.get("/linde/people/999999/")
    theirs = noor.get(f"/linde/people/{other}/")
    assert (theirs.status_code, nobody.status_code) == (404, 404)
    assert noor.get("/waterkant/people/").status_code == 404


def test_people_from_outside_see_only_their_teams(linde: House) -> None:
    browser = log_in(Client(), linde.account("external"))
    found = browser.get("/linde/people/").context["people"]
    assert sorted(one.name for one in found) == ["Daan", "Joke", "Noor", "Sami", "Trainer Extern"]
    assert browser.get(f"/linde/teams/{linde.teams['duinhuis'].pk}/").status_code == 404


def test_a_leader_writes_down_names_once(linde: House, joke: Client) -> None:
    team = linde.teams["vuurtoren"]
    sent = {"names": "Lot Nieuw\n\nnoor\nPim  de Jong\n", "key": "k1"}
    before = Person.objects.count()
    for _ in range(2):
        assert joke.post(f"/linde/teams/{team.pk}/names/", sent).url == f"/linde/teams/{team.pk}/"
    assert Person.objects.count() == before + 2
    names = [one.person.name for one in joke.get(f"/linde/teams/{team.pk}/").context["members"]]
    assert names == ["Joke", "Daan", "Lot Nieuw", "Noor", "Pim de Jong", "Sami"]
    assert joke.post(f"/linde/teams/{linde.teams['duinhuis'].pk}/names/", sent).status_code == 403


def test_names_with_a_number_or_a_birth_date_are_refused_and_kept_on_the_page(
    linde: House, joke: Client
) -> None:
    team = linde.teams["vuurtoren"]
    for wrong in ("Lot 111222333", "Lot 3-4-1980"):
        page = joke.post(f"/linde/teams/{team.pk}/names/", {"names": wrong})
        assert (page.status_code, wrong in page.content.decode()) == (200, True)
    assert Person.objects.filter(name__startswith="Lot").exists() is False


def test_taking_somebody_off_can_be_undone(linde: House, joke: Client) -> None:
    one = Membership.objects.get(person=linde.people["daan"])
    joke.post(f"/linde/memberships/{one.pk}/leave/", {"key": "k"})
    one.refresh_from_db()
    assert one.ends_on == clock.now().date() - timedelta(days=1)
    joke.post(f"/linde/memberships/{one.pk}/come-back/", {"key": "k"})
    one.refresh_from_db()
    assert one.ends_on is None
    assert (
        log_in(Client(), linde.account("noor"))
        .post(f"/linde/memberships/{one.pk}/leave/", {"key": "x"})
        .status_code
        == 403
    )


def test_a_new_leader_is_led_to_the_first_steps(linde: House) -> None:
    empty = Team(code="nieuw", name="Team Nieuw", unit=linde.units["lindehof"])
    empty.save()
    empty.place()
    empty.save()
    Membership.objects.filter(person=linde.people["joke"]).update(team=empty)
    browser = log_in(Client(), linde.account("joke"))
    lines = browser.get("/linde/").context["lines"]
    assert [line.href for line in lines if line.icon == "users"] == [
        f"/linde/welcome/?team={empty.pk}"
    ]
    page = browser.get("/linde/welcome/")
    assert (page.context["team"], [m.person.name for m in page.context["members"]]) == (
        empty,
        ["Joke"],
    )
    there = browser.post(f"/linde/teams/{empty.pk}/names/", {"names": "A\nB", "way": "welcome"})
    assert there.url == f"/linde/welcome/?team={empty.pk}"


def test_my_own_page_and_what_kring_knows(linde: House, noor: Client) -> None:
    sent = {
        "ask_me_about": "zingen", "pronunciation": "", "digest": "weekly", "quiet_from": "19:00",
        "quiet_until": "07:30", "language": "en", "key": "k",
    }  # fmt: skip
    assert noor.post("/linde/me/", sent).status_code == 302
    me = linde.people["noor"]
    me.refresh_from_db()
    assert me.account is not None
    assert (me.ask_me_about, me.digest, str(me.quiet_until), me.account.language) == (
        "zingen", "weekly", "07:30:00", "en",
    )  # fmt: skip
    noor.cookies["kring_language"] = "nl"
    told = json.loads(noor.get("/linde/me/known.json").content)
    facts = [fact["value"] for chapter in told["known"] for fact in chapter["facts"]]
    assert ("zingen" in facts, "Team Vuurtoren" in str(told), "daan" in str(told)) == (
        True,
        True,
        False,
    )
    page = noor.get("/linde/me/known/").content.decode()
    assert all(value in page for value in facts if value.isalpha())
    noor.post("/linde/me/forget/", {"key": "f"})
    me.refresh_from_db()
    assert me.ask_me_about == ""


def test_a_mistake_on_my_page_keeps_what_i_typed(linde: House, noor: Client) -> None:
    page = noor.post("/linde/me/", {"ask_me_about": "bel mij, bsn 111222333", "digest": "daily"})
    assert "bel mij, bsn 111222333" in page.content.decode()
    assert linde.people["noor"].ask_me_about == ""


def test_an_administrator_adds_invites_and_ends_somebody(linde: House, ali: Client) -> None:
    sent = {"name": "Lot Nieuw", "email": "lot@linde.example", "key": "n"}
    to = ali.post("/linde/administration/people/new/", sent).url
    assert ali.post("/linde/administration/people/new/", sent).url == to
    lot = Person.objects.get(email="lot@linde.example")
    base = f"/linde/administration/people/{lot.pk}"
    assert to == f"{base}/"
    team = linde.teams["duinhuis"]
    ali.post(f"{base}/team/", {"team": team.pk, "starts_on": "2026-01-01", "is_manager": "on"})
    ali.post(f"{base}/role/", {"role": "facilitator", "team": team.pk})
    one, grant = lot.memberships.get(), lot.grants.get()
    assert (one.team_id, one.is_manager, grant.role, grant.team_id) == (
        team.pk,
        True,
        "facilitator",
        team.pk,
    )
    ali.post(f"{base}/invite/")
    assert lot.invitations.filter(withdrawn_at=None).count() == 1
    ali.post(f"{base}/end/")
    lot.refresh_from_db()
    one.refresh_from_db()
    yesterday = clock.now().date() - timedelta(days=1)
    assert (lot.ends_on, one.ends_on) == (yesterday, yesterday)
    assert lot.invitations.filter(withdrawn_at=None).count() == 0
    ali.post(f"/linde/administration/roles/{grant.pk}/take/")
    assert lot.grants.count() == 0
    verbs = list(TrailEntry.objects.values_list("verb", flat=True))
    assert verbs == [
        "person.added", "membership.began", "role.given", "invitation.sent", "person.ended",
        "role.taken",
    ]  # fmt: skip


def test_the_last_administrator_stays(linde: House, ali: Client) -> None:
    grant = RoleGrant.objects.get(role="administrator")
    answer = ali.post(f"/linde/administration/roles/{grant.pk}/take/")
    assert (answer.status_code, RoleGrant.objects.filter(pk=grant.pk).exists()) == (403, True)
    me = linde.people["ali"].pk
    assert ali.post(f"/linde/administration/people/{me}/end/").status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"is_external": "on"}, "ends_on"),
        ({"email": "NOOR@linde.example"}, "email"),
        ({"staff_code": "linde-noor"}, "staff_code"),
        ({"name": ""}, "name"),
        ({"name": "Bsn 111222333"}, "name"),
        ({"starts_on": "2026-02-01", "ends_on": "2026-01-01"}, "ends_on"),
    ],
)
def test_details_are_checked(linde: House, ali: Client, change: dict[str, str], field: str) -> None:
    page = ali.post("/linde/administration/people/new/", {"name": "Lot", **change})
    assert list(page.context["form"].errors) == [field]
    assert Person.objects.filter(name="Lot").exists() is False


def test_moving_a_part_moves_everything_below(linde: House, ali: Client) -> None:
    hof, south, team = linde.units["lindehof"], linde.units["zuid"], linde.teams["vuurtoren"]
    ria = linde.actor("ria")
    assert ria.holds("manager", team.path)
    ali.post(f"/linde/administration/parts/{hof.pk}/", {"name": "Lindehof", "parent": south.pk})
    team.refresh_from_db()
    assert team.path == f"/{south.pk}/{hof.pk}/t{team.pk}/"
    assert linde.actor("ria").holds("manager", team.path) is False
    page = ali.post(f"/linde/administration/parts/{south.pk}/", {"name": "Zuid", "parent": hof.pk})
    assert list(page.context["form"].errors) == ["parent"]


def test_a_part_or_team_with_something_in_it_stays_open(linde: House, ali: Client) -> None:
    hof, team = linde.units["lindehof"], linde.teams["vuurtoren"]
    assert ali.post(f"/linde/administration/parts/{hof.pk}/close/").status_code == 403
    assert ali.post(f"/linde/administration/teams/{team.pk}/close/").status_code == 403
    made = ali.post("/linde/administration/teams/new/", {"name": "Leeg", "unit": hof.pk}).url
    new = Team.objects.get(name="Leeg")
    assert (made, new.path) == (f"/linde/teams/{new.pk}/", f"{hof.path}t{new.pk}/")
    ali.post(f"/linde/administration/teams/{new.pk}/close/")
    new.refresh_from_db()
    assert new.closed_on == clock.now().date()
    ali.post(f"/linde/administration/teams/{new.pk}/open/")
    new.refresh_from_db()
    assert new.closed_on is None


def test_the_organisation_gets_its_own_name_and_colour(linde: House, ali: Client) -> None:
    ali.post(
        "/linde/administration/settings/",
        {"name": "De Lindeboom", "brand_hue": "300", "language": "nl"},
    )
    linde.organisation.refresh_from_db()
    assert (linde.organisation.name, linde.organisation.brand_hue) == ("De Lindeboom", 300)
    page = ali.post(
        "/linde/administration/settings/", {"name": "X", "brand_hue": "999", "language": "nl"}
    )
    assert list(page.context["form"].errors) == ["brand_hue"]


def test_a_staff_file_through_the_pages(linde: House, ali: Client, settings: object) -> None:
    from io import BytesIO

    content = BytesIO(b"Code;Naam;Onderdeel;Team\n9001;Lot;Oost;Vers\n9002;Pim 111222333;;\n")
    content.name = "personeel.csv"
    to = ali.post("/linde/administration/staff/", {"file": content, "key": "f"}).url
    page = ali.get(to)
    html = page.content.decode()
    assert ("111222333" in html, [row for row, _ in page.context["mistakes"]]) == (False, [3])
    assert "1 nieuw onderdeel" in html  # a part that is new is said: the path may be mistyped
    assert "Vers (Oost)" in html
    assert Person.objects.filter(staff_code="9001").exists() is False
    sent = {"seen": page.context["plan"].digest, "missing": "stay"}
    assert ali.post(f"{to}confirm/", sent).url == to
    assert 'hx-trigger="every 1s"' in ali.get(to).content.decode()
    clock.run_once()
    done = ali.get(to + "progress/").content.decode()
    assert ("every 1s" in done, Person.objects.filter(staff_code="9001").count()) == (False, 1)


@pytest.mark.parametrize(
    "content", [b"", b"just words", b"PK\x03\x04rubbish", b"%PDF-1.4\x00;\x00"]
)
def test_a_strange_file_gets_a_plain_answer(linde: House, ali: Client, content: bytes) -> None:
    from io import BytesIO

    file = BytesIO(content)
    file.name = "x.xlsx"
    page = ali.post("/linde/administration/staff/", {"file": file} if content else {})
    assert (page.status_code, bool(page.context["trouble"])) == (200, True)


def test_the_template_reads_back_without_mistakes(linde: House, ali: Client) -> None:
    from kring.people.actions.staff import layers_by_word
    from kring.people.rules.staff import read_rows
    from kring.people.sheets import read_table

    for language in ("nl", "en"):
        ali.cookies["kring_language"] = language
        content = ali.get("/linde/administration/staff/template.xlsx").content
        reading = read_rows(read_table(content), layers=layers_by_word(), today=clock.now().date())
        assert (reading.mistakes, len(reading.rows)) == ((), 1)


def test_the_bottom_says_who_you_are(linde: House, noor: Client) -> None:
    assert "Noor" in noor.get("/linde/").content.decode()


def test_a_choice_that_may_stay_open_says_so_in_words(linde: House) -> None:
    page = log_in(Client(), linde.account("ali")).get("/linde/administration/people/new/")
    assert "---" not in page.content.decode()
