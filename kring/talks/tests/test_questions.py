"""The facilitator of a talk finds a question in the shared banks; nothing of it leaves memory."""

import re

from django.test import Client

from kring.base.policy import Actor
from kring.meetings.models import MeetingEvent
from kring.methods.shelf import banks
from kring.people.models import Receipt
from kring.talks import actions
from kring.talks.actions.holding import room_of
from kring.talks.models import Talk
from kring.talks.tests.playing import everything, start
from tests.cast import House, log_in

THANKED = "Wie wil je bedanken, en waarvoor?"


def browser(house: House, name: str) -> Client:
    return log_in(Client(), house.account(name))


def address(talk: Talk) -> str:
    return f"/linde/meetings/talks/{talk.pk}/questions/"


def test_a_question_is_found_laid_on_every_screen_and_kept_in_memory_only(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    leader, before = browser(linde, "fleur"), everything()
    lead = leader.get(f"/linde/meetings/talks/{ready.pk}/lead/").content.decode()
    assert f'href="{address(ready)}"' in lead
    lists = leader.get(address(ready)).content.decode()
    assert all(bank.title.nl in lists for bank in banks())
    assert THANKED not in lists
    found = leader.post(address(ready), {"q": "bedanken wie", "key": "look"})
    assert (found.status_code, "no-store" in found["Cache-Control"]) == (200, True)
    said = found.content.decode()
    assert 'value="checkin.thank_someone"' in said
    assert 'value="checkin.one_word_in"' not in said
    opened = leader.post(address(ready), {"bank": "checkin", "key": "open"}).content.decode()
    assert 'value="checkin.one_word_in"' in opened
    assert 'value="restorative.who_affected"' not in opened
    for _again in range(2):
        sent = {"question": "checkin.thank_someone", "key": "lay"}
        answer = leader.post(address(ready), sent)
        assert answer["Location"] == f"/linde/meetings/talks/{ready.pk}/lead/"
    phone = browser(linde, "noor").get(f"/linde/meetings/talks/{ready.pk}/phone/")
    assert f'<h1 class="question">{THANKED}</h1>' in phone.content.decode()
    # Nothing was written: no event, no receipt, and no word in any table.
    assert not MeetingEvent.objects.exists()
    assert not Receipt.objects.exists()
    for word in ("bedanken", "thank_someone"):
        assert everything().count(word) == before.count(word)
    taken = {"kind": "pick_question", "question": None}
    assert actions.do(fleur, ready, taken, "away").refused is None
    phone = browser(linde, "noor").get(f"/linde/meetings/talks/{ready.pk}/phone/")
    assert THANKED not in phone.content.decode()


def test_no_address_carries_what_was_typed_opened_or_chosen(
    linde: House, fleur: Actor, ready: Talk
) -> None:
    start(linde, fleur, ready)
    leader = browser(linde, "fleur")
    for sent in ({}, {"q": "geraakt"}, {"bank": "restorative"}, {"q": "xyzzy"}):
        page = leader.post(address(ready), {"key": "k", **sent}).content.decode()
        main = page[page.index("<main") : page.index("</main")]
        forms = re.findall(r"<form [^>]*>", main)
        assert forms
        assert all('method="post"' in one and 'autocomplete="off"' in one for one in forms)
        assert not re.search(r"(href|action)=\"[^\"]*\?", main)
        title = re.search(r"<title>(.*?)</title>", page, re.S)
        assert title is not None
        assert not re.search("herstel|restor|geraakt", title[1], re.I)


def test_only_who_leads_and_only_from_the_banks(linde: House, fleur: Actor, ready: Talk) -> None:
    leader, sent = browser(linde, "fleur"), {"question": "checkin.thank_someone", "key": "one"}
    assert leader.post(address(ready), sent).status_code == 302  # not open yet: back to the talk
    actions.open_talk(fleur, ready, "open")
    actions.join_talk(fleur, ready)
    answer = leader.post(address(ready), sent)
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (409, True)
    start(linde, fleur, ready)
    refused = {
        name: browser(linde, name).post(address(ready), sent).status_code
        for name in ("noor", "wim", "joke", "ali")
    }
    assert refused == {"noor": 403, "wim": 403, "joke": 404, "ali": 404}
    for name in ("checkin.nothing", "nothing.thank_someone", "", "Zeg eens iets"):
        assert leader.post(address(ready), {"question": name, "key": name}).status_code == 404
    raw = {"kind": "lay_question", "nl": "Iets anders?", "en": "Something else?"}
    assert actions.do(fleur, ready, raw, "raw").refused is not None
    state = room_of(ready).state
    assert state.kept_sheet(state.visit or "").laid is None
    actions.stop_talk(ready)
    assert leader.get(address(ready))["Location"] == f"/linde/meetings/talks/{ready.pk}/"
