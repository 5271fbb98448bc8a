"""Pages of a talk as a browser gets them: kept nowhere, neutral outside, and the same to everybody."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils.timezone import localtime

from kring.base import clock
from kring.base.policy import Actor, ask
from kring.people import feeds
from kring.talks import actions
from kring.talks.models import Talk
from kring.talks.rules import Choice
from kring.talks.tests.conftest import guest_of, prepare_all, say_yes
from kring.talks.tests.playing import agree, start
from tests.cast import House, log_in

ADDRESS = "/linde/meetings/talks/"


def browser(house: House, name: str) -> Client:
    return log_in(Client(), house.account(name))


def post(client: Client, path: str, **sent: object) -> object:
    return client.post(path, {"key": "a-key-of-this-form", **sent})


def test_planning_asks_what_it_must_and_never_what_happened(linde: House, fleur: Actor) -> None:
    page = browser(linde, "fleur").get(f"{ADDRESS}new/restorative_conference/")
    assert page.status_code == 200
    names = set(re.findall(r'name="(\w+)"', page.content.decode()))
    assert names - {"csrfmiddlewaretoken", "key", "viewport", "theme"} >= {
        "role_responsible_person", "role_affected_person", "role_supporter", "declared",
        "none_apply", "day", "at", "place",
    }  # fmt: skip
    for asked in ("about", "why", "reason", "cause", "what"):
        assert asked not in names


def test_a_talk_is_planned_from_its_page(linde: House, fleur: Actor) -> None:
    client, day = browser(linde, "fleur"), (clock.now() + timedelta(days=5)).date()
    sent = {
        "none_apply": "on", "declared": "on", "day": day.isoformat(), "at": "10:00",
        "minutes": "90", "place": "Tuinkamer", "role_party": "Noor\nRiet", "role_supporter": "",
    }  # fmt: skip
    path = f"{ADDRESS}new/restorative_talk/"
    first, again = (client.post(path, {"key": "one-key", **sent}) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, again["Location"])
    talk = Talk.objects.get()
    assert [(c.name, c.roles) for c in talk.paper.chairs] == [
        ("Fleur", ("moderator",)), ("Noor", ("party",)), ("Riet", ("party",)),
    ]  # fmt: skip
    refused = client.post(path, {"key": "two", **sent, "declared": ""})
    assert refused.status_code == 422
    assert Talk.objects.count() == 1


def test_without_a_second_step_a_facilitator_is_asked_for_it_first(
    linde: House, fleur: Actor
) -> None:
    client = log_in(Client(), linde.account("fleur"), second_factor=False)
    answer = client.get(f"{ADDRESS}new/restorative_talk/")
    assert (answer.status_code, "second-step" in answer["Location"]) == (302, True)


def test_without_a_second_step_nothing_of_a_talk_shows_to_who_leads_it(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    client = log_in(Client(), linde.account("fleur"), second_factor=False)
    here = f"{ADDRESS}{ready.pk}/"

    def asked_first(path: str) -> None:
        answer = client.get(path)
        assert (answer.status_code, "second-step" in answer["Location"]) == (302, True)
        assert str(ready.pk) in answer["Location"]  # and back to the talk

    asked_first(here)
    refused = client.post(f"{here}agreement/", {"number": "1", "status": "maybe"})
    assert (refused.status_code, "second-step" in refused["Location"]) == (302, True)
    actions.open_talk(fleur, ready, "open")
    actions.join_talk(fleur, ready)
    asked_first(here)
    assert client.get(f"{here}phone/")["Location"] == here
    entered = client.post(f"{here}enter/")
    assert (entered.status_code, "second-step" in entered["Location"]) == (302, True)
    actions.stop_talk(ready)
    asked_first(here)
    assert not ask(linde.actor("fleur", second_factor=False), "talks.read_agreements", ready)
    assert browser(linde, "fleur").get(here).status_code == 200


@pytest.mark.parametrize("name", ["joke", "ali", "petra", "hester", "ria", "daan"])
def test_for_everybody_else_it_is_a_number_that_does_not_exist(
    linde: House, talk: Talk, name: str
) -> None:
    client = browser(linde, name)
    there, nowhere = (client.get(f"{ADDRESS}{pk}/") for pk in (talk.pk, talk.pk + 1))
    assert there.status_code == nowhere.status_code == 404
    clean = [re.sub(r"\d{10,}|nonce-\S+|value=\"\S+\"|\"X-CSRFToken\": \"\w+\"", "", one.content.decode())
             for one in (there, nowhere)]  # fmt: skip
    assert clean[0] == clean[1]


def test_every_page_is_kept_nowhere_and_has_a_neutral_title(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    actions.open_talk(fleur, ready, "open")
    actions.join_talk(fleur, ready)
    actions.join_talk(linde.actor("noor"), ready)
    here = f"{ADDRESS}{ready.pk}/"
    seen = {
        "fleur": ["", "lead/", "board/", "close/"],
        "noor": ["", "phone/", "board/"],
    }
    for name, pages in seen.items():
        for page in pages:
            answer = browser(linde, name).get(here + page)
            assert answer.status_code == 200, (name, page)
            assert "no-store" in answer["Cache-Control"], (name, page)
            title = re.search(r"<title>(.*?)</title>", answer.content.decode(), re.S)
            assert title is not None
            assert not re.search("herstel|restor|conferen", title[1], re.I)
            forms = re.findall(r"<form [^>]*>", answer.content.decode())
            mine = [one for one in forms if "talks/" in one or 'action=""' in one]
            assert all('autocomplete="off"' in one for one in mine), (name, page)


def test_the_wall_shows_nothing(linde: House, fleur: Actor, ready: Talk) -> None:
    page = browser(linde, "wim").get(f"{ADDRESS}{ready.pk}/board/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    for word in ("Noor", "Riet", "Fleur", "Wim", "Herstel", "tuin"):
        assert word not in main


def test_a_guest_comes_in_with_the_letters_of_their_paper(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    cache.clear()
    riet = next(one for one in talk.paper.chairs if one.name == "Riet")
    client = Client()
    spaced = " ".join(riet.code[at : at + 4] for at in range(0, 12, 4)).lower()
    answer = client.post("/join/", {"code": spaced})
    assert answer["Location"] == f"{ADDRESS}{talk.pk}/"
    page = client.get(answer["Location"])
    assert page.status_code == 200
    said = page.content.decode()
    assert "Fleur nodigt je uit voor een gesprek" in said
    for other in ("Noor", "Wim", "Zus van Riet", "degene die"):
        assert other not in said
    post(client, f"{ADDRESS}{talk.pk}/choose/", choice="yes")
    talk.refresh_from_db()
    chair = talk.paper.chair(riet.number)
    assert chair is not None
    assert (chair.choice, chair.choice_by) == (Choice.YES, "screen")
    assert client.get("/linde/meetings/").status_code == 302  # nothing else opens
    assert Client().post("/join/", {"code": "A" * 12}).status_code == 404


def test_a_paper_opens_for_half_a_day_and_then_asks_for_its_letters_again(
    linde: House, fleur: Actor, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    riet = next(one for one in talk.paper.chairs if one.name == "Riet")
    client = Client()
    there = client.post("/join/", {"code": riet.code})["Location"]
    now = time.time()
    for hours, answers in ((11, 200), (13, 302)):
        # a browser that keeps a cookie longer than it was told
        later = now + hours * 3600
        with monkeypatch.context() as clocks:
            clocks.setattr("django.core.signing.time.time", lambda later=later: later)
            assert client.get(there).status_code == answers, hours


def test_a_choice_can_be_changed_as_often_as_one_likes(linde: House, talk: Talk) -> None:
    client = browser(linde, "noor")
    for number, choice in enumerate(("yes", "no", "not_yet", "yes")):
        path = f"{ADDRESS}{talk.pk}/choose/"
        assert client.post(path, {"key": f"key {number}", "choice": choice}).status_code == 302
        talk.refresh_from_db()
        chair = talk.paper.chair_of(linde.people["noor"].pk)
        assert chair is not None
        assert chair.choice == choice
    assert client.post(path, {"key": "x", "choice": "maybe"}).status_code == 422


def test_who_is_invited_finds_it_at_home_in_neutral_words(
    linde: House, talk: Talk, fleur: Actor
) -> None:
    said = browser(linde, "noor").get("/linde/").content.decode()
    assert "Iemand nodigt je uit voor een gesprek." in said
    assert f"{ADDRESS}{talk.pk}/" in said
    for name in ("daan", "joke"):
        other = browser(linde, name).get("/linde/").content.decode()
        assert "nodigt je uit" not in other
        assert str(talk.pk) not in other


def test_the_facilitator_prepares_a_person_on_one_page(linde: House, talk: Talk) -> None:
    client = browser(linde, "fleur")
    path = f"{ADDRESS}{talk.pk}/person/2/"
    assert client.get(path).status_code == 200
    sent = {"prepared": "on", "wishes": "bij de deur", "check_power": "unsure", "key": "k-12345678"}
    assert client.post(path, sent).status_code == 302
    talk.refresh_from_db()
    chair = talk.paper.chair(2)
    assert chair is not None
    assert (chair.prepared, chair.wishes, chair.checks) == (
        True,
        "bij de deur",
        {"power": "unsure"},
    )
    said = browser(linde, "noor").get(f"{ADDRESS}{talk.pk}/").content.decode()
    assert "bij de deur" in said
    assert "twijfel" not in said


def test_a_colleague_cannot_be_said_yes_for_on_the_page_either(linde: House, talk: Talk) -> None:
    client = browser(linde, "fleur")
    client.post(f"{ADDRESS}{talk.pk}/person/2/", {"choice": "yes", "key": "k-12345678"})
    talk.refresh_from_db()
    chair = talk.paper.chair(2)
    assert chair is not None
    assert chair.choice is Choice.OPEN


def calendar(house: House, name: str) -> str:
    actor = house.actor(name)
    secret = feeds.secret_for(actor, None, f"key {name}")
    feeds.renew(actor, None, secret)
    return feeds.read(secret)[0].decode()


def test_the_page_of_agreements_promises_no_more_than_kring_does(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    agree(linde, fleur, ready, "Wij groeten elkaar.", ("noor", "Riet"))
    assert actions.close_talk(fleur, ready, "close-key", look_back_on=None).refused is None
    said = browser(linde, "noor").get(f"{ADDRESS}{ready.pk}/").content.decode()
    assert "Alleen jullie lezen dit." in said
    assert "reservekopie" not in said


def test_a_talk_is_moved_from_its_page(linde: House, talk: Talk) -> None:
    client, here = browser(linde, "fleur"), f"{ADDRESS}{talk.pk}/"
    assert f'action="{here}move/"' in client.get(here).content.decode()
    day = clock.now().date() + timedelta(days=9)
    sent = {"day": day.isoformat(), "at": "15:30", "minutes": "60", "place": "Zolder", "key": "m-1"}
    assert client.post(f"{here}move/", sent).status_code == 302
    talk.refresh_from_db()
    assert localtime(talk.paper.starts_at).strftime("%H:%M") == "15:30"
    assert (localtime(talk.paper.starts_at).date(), talk.paper.place) == (day, "Zolder")
    late = client.post(
        f"{here}move/", {**sent, "day": "2020-01-01", "place": "Kelder", "key": "m-2"}
    )
    assert late.status_code == 422
    assert 'value="Kelder"' in late.content.decode()
    talk.refresh_from_db()
    assert talk.paper.place == "Zolder"


def test_what_was_typed_is_still_there_when_it_is_refused(linde: House, talk: Talk) -> None:
    client, here = browser(linde, "fleur"), f"{ADDRESS}{talk.pk}/"
    asked = client.post(f"{here}invite/", {"who": "wie@elders.example", "role": "supporter"})
    assert asked.status_code == 422
    assert 'value="wie@elders.example"' in asked.content.decode()
    note = client.post(f"{here}own-note/", {"text": "regel" * 801, "key": "n-1"})
    assert note.status_code == 409
    assert "regel" * 801 in note.content.decode()
    long = {"wishes": "wens" * 251, "check_power": "unsure", "prepared": "on", "key": "p-1"}
    person = client.post(f"{here}person/2/", long)
    assert person.status_code == 409
    assert "wens" * 251 in person.content.decode()


def test_an_end_of_a_line_counts_as_one(linde: House, talk: Talk) -> None:
    client, here = browser(linde, "fleur"), f"{ADDRESS}{talk.pk}/"
    text = "a\r\n" * 2000
    assert client.post(f"{here}own-note/", {"text": text, "key": "n-1"}).status_code == 302
    sent = {"wishes": "a\r\n" * 500, "key": "p-1"}
    assert client.post(f"{here}person/2/", sent).status_code == 302


def test_a_calendar_names_it_like_any_meeting(linde: House, talk: Talk) -> None:
    written = calendar(linde, "noor")
    assert "SUMMARY:" in written
    assert f"{linde.organisation.slug}/" in written  # to the home page, where it stands
    for word in ("Gesprek", "talk", str(talk.pk), "herstel", "Fleur", "Riet"):
        assert word.lower() not in written.lower()
    assert "SUMMARY:" not in calendar(linde, "daan")


def test_guests_and_colleagues_hold_it_and_one_stops_it(
    linde: House, fleur: Actor, talk: Talk
) -> None:
    prepare_all(fleur, talk)
    say_yes(linde, talk)
    leader, noor = browser(linde, "fleur"), browser(linde, "noor")
    here = f"{ADDRESS}{talk.pk}/"
    assert post(leader, f"{here}open/")["Location"] == f"{here}lead/"  # type: ignore[index]
    assert post(noor, f"{here}enter/")["Location"] == f"{here}phone/"  # type: ignore[index]
    talk.refresh_from_db()
    actions.join_talk(guest_of(talk, "Riet"), talk)
    assert "Neem ons mee" not in noor.get(f"{here}phone/").content.decode()
    assert post(noor, f"{here}stop/")["Location"] == here  # type: ignore[index]
    for client in (leader, noor):
        assert "Het gesprek is gestopt" in client.get(here).content.decode()
