"""A signal stays open until it has a reply, and the reply reaches the team that sent it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kring.base import clock, scope
from kring.base.policy import NotThere, Refused
from kring.people.asks import lines_for
from kring.people.models import Membership, Notice, TrailEntry
from kring.stories import actions
from kring.stories.clock import wipe
from kring.stories.models import Reply, Story
from kring.stories.tests.test_stories import story_of
from tests.cast import Cast, House


def signal(house: House, text: str = "De nachten zijn te kort bezet", **more: object) -> Story:
    return story_of(house, text, kind="signal", visibility="V5", **more)


def waiting(house: House, name: str) -> list[str]:
    return [one.text for one in Story.objects.visible_to(house.actor(name)).waiting()]


def test_a_signal_waits_until_it_has_a_final_reply(linde: House) -> None:
    one = signal(linde)
    story_of(linde, "Geen signaal", visibility="V5")
    ria = linde.actor("ria")
    soon = clock.now().date() + timedelta(days=9)
    first = actions.reply(ria, one, word="not_yet", text="Wij zoeken het uit.", answer_by=soon)
    assert (waiting(linde, "ria"), one.answered_at) == ([one.text], None)
    actions.reply(ria, one, word="yes", text="Vanaf januari een extra dienst.")
    assert (waiting(linde, "ria"), one.answered_at is not None) == ([], True)
    assert [(made.word, made.text, made.answer_by) for made in one.replies.all()] == [
        ("not_yet", "Wij zoeken het uit.", soon),
        ("yes", "Vanaf januari een extra dienst.", None),
    ]
    assert first.came_from == ""
    with pytest.raises(Refused):
        actions.reply(ria, one, word="no", text="Toch niet.")
    assert TrailEntry.objects.filter(verb="story.replied", about=f"story {one.pk}").count() == 2


def test_the_reply_reaches_everybody_of_the_team_and_nobody_else(linde: House) -> None:
    one = signal(linde)
    actions.reply(linde.actor("ria"), one, word="no", text="Daar is nu geen geld voor.")
    told = Notice.objects.filter(kind="stories.reply", about=f"story {one.pk}")
    names = {notice.person.name for notice in told.select_related("person")}
    assert names == {"Noor", "Sami", "Joke", "Daan"}
    today = clock.now().date()
    said = [line.words for line in lines_for(linde.actor("noor"), "linde", today)]
    assert "Er is antwoord op “De nachten zijn te kort bezet”." in [str(one) for one in said]
    said = [str(line.words) for line in lines_for(linde.actor("fleur"), "linde", today)]
    assert not any("antwoord" in words for words in said)


def test_who_leads_is_asked_until_it_has_a_reply(linde: House) -> None:
    one, today = signal(linde), clock.now().date()
    asked = "“De nachten zijn te kort bezet” wacht op antwoord."
    names = ("ria", "hester", "noor", "fleur", "bram")
    found = {
        name: [str(line.words) for line in lines_for(linde.actor(name), "linde", today)]
        for name in names
    }
    assert {name for name in names if asked in found[name]} == {"ria", "hester"}
    actions.reply(linde.actor("hester"), one, word="answer", text="Wij komen langs.")
    assert asked not in [str(x.words) for x in lines_for(linde.actor("ria"), "linde", today)]


def test_a_reply_by_mistake_is_taken_back_for_a_quarter_of_an_hour(linde: House) -> None:
    one, ria = signal(linde), linde.actor("ria")
    made = actions.reply(ria, one, word="yes")
    actions.undo_reply(ria, made)
    assert (waiting(linde, "ria"), Notice.objects.filter(kind="stories.reply").count()) == (
        [one.text],
        0,
    )
    late = actions.reply(ria, one, word="yes")
    with clock.pretend(clock.now() + timedelta(minutes=16)), pytest.raises(Refused):
        actions.undo_reply(ria, late)
    assert Reply.objects.filter(story=one).count() == 1


@pytest.mark.parametrize("name", ["noor", "sami", "fleur", "bram", "ali", "wim", "external"])
def test_others_do_not_reply(linde: House, name: str) -> None:
    with pytest.raises(Refused):
        actions.reply(linde.actor(name), signal(linde), word="yes")


def test_help_may_come_from_everybody_inside(linde: House) -> None:
    asked = story_of(linde, "Wie kent een muziektherapeut?", kind="help_request", visibility="V6")
    with pytest.raises(Refused):
        actions.reply(linde.actor("external"), asked, word="answer", text="Ik.")
    actions.reply(linde.actor("fleur"), asked, word="answer", text="Vraag het team Duinhuis.")
    assert asked.answered_at is not None


@pytest.mark.parametrize(("word", "text"), [("no", ""), ("answer", " "), ("not_yet", "Misschien.")])
def test_half_a_reply_is_refused_and_nothing_changes(linde: House, word: str, text: str) -> None:
    one = signal(linde)
    with pytest.raises(Refused):
        actions.reply(linde.actor("ria"), one, word=word, text=text)
    assert (Reply.objects.count(), Notice.objects.filter(kind="stories.reply").count()) == (0, 0)


def test_a_team_sends_a_signal_without_the_name_of_the_sender(linde: House) -> None:
    team = linde.teams["vuurtoren"]
    given = {"kind": "signal", "text": "Te weinig tijd om te eten", "asks": "Rust", "readers": "V5"}
    sent = actions.send(linde.actor("noor"), team, **given)
    assert (sent.team, sent.visibility, sent.names, sent.fields) == (
        team,
        "V5",
        {},
        {"what": "Te weinig tijd om te eten", "asks": "Rust"},
    )
    assert waiting(linde, "hester") == ["Te weinig tijd om te eten"]
    with pytest.raises(Refused):
        actions.send(linde.actor("fleur"), team, **given)
    with pytest.raises(NotThere):
        actions.send(linde.actor("noor"), team, **{**given, "kind": "decision"})
    with pytest.raises(NotThere):
        actions.send(linde.actor("noor"), team, **{**given, "readers": "V3"})


def test_a_prototype_that_stopped_says_what_was_learned(linde: House) -> None:
    one = story_of(linde, "Samen koken", kind="prototype", status="idea")
    with pytest.raises(Refused):
        actions.set_status(linde.actor("fleur"), one, status="trying")
    actions.set_status(linde.actor("noor"), one, status="trying")
    actions.set_status(
        linde.actor("daan"), one, status="stopped_learned", learned="Te druk op vrijdag"
    )
    one.refresh_from_db()
    assert (one.status, one.fields["learned"], one.status_word("en")) == (
        "stopped_learned",
        "Te druk op vrijdag",
        "stopped, learned from it",
    )
    with pytest.raises(NotThere):
        actions.set_status(linde.actor("noor"), one, status="failed")


def test_what_is_taken_back_takes_its_replies_along(linde: House) -> None:
    one, other = signal(linde), signal(linde, "Blijft")
    for story in (one, other):
        actions.reply(linde.actor("ria"), story, word="yes")
    actions.withdraw(linde.actor("noor"), one)
    with scope.everywhere("the clock, in a test"):
        assert wipe(clock.now() + timedelta(hours=2)) == 1
    assert [made.story for made in Reply.objects.all()] == [other]


def test_a_manager_answers_and_a_member_reads_it(cast: Cast, client: Client) -> None:
    linde = cast.linde
    with scope.inside(linde.organisation.pk):
        one = signal(linde)
    client.force_login(linde.account("ria"))
    assert "Antwoord" in client.get(f"/linde/stories/{one.pk}/").content.decode()
    refused = client.post(f"/linde/stories/{one.pk}/reply/", {"key": "k1", "word": "no"})
    assert (refused.status_code, "Zeg waarom niet" in refused.content.decode()) == (409, True)
    sent = {"key": "k2", "word": "no", "text": "Daar is nu geen geld voor."}
    for _again in range(2):
        assert client.post(f"/linde/stories/{one.pk}/reply/", sent).status_code == 302
    client.force_login(linde.account("noor"))
    page = client.get(f"/linde/stories/{one.pk}/").content.decode()
    assert page.count("Daar is nu geen geld voor.") == 1
    with scope.inside(linde.organisation.pk):
        assert Reply.objects.count() == 1


@pytest.mark.parametrize("many", [1, 3])
def test_what_waits_is_asked_in_the_same_number_of_queries(
    linde: House, client: Client, many: int
) -> None:
    for number in range(many):
        signal(linde, f"Signaal {number}")
    client.force_login(linde.account("ria"))
    with CaptureQueriesContext(connection) as queries:
        page = client.get("/linde/stories/waiting/").content.decode()
    assert [f"Signaal {number}" in page for number in range(4)] == [n < many for n in range(4)]
    assert len([q for q in queries.captured_queries if "stories_" in q["sql"]]) == 1


def test_the_trail_does_not_know_who_wrote_what_goes_unsigned(linde: House) -> None:
    """Sent, answered and taken back: that it happened, not by whom; other lines keep their person."""
    noor, ria = linde.actor("noor"), linde.actor("ria")
    team = linde.teams["vuurtoren"]
    sent = actions.send(noor, team, kind="signal", text="Te weinig tijd", readers="V5")
    made = actions.reply(ria, sent, word="yes")
    assert (made.at.second, made.at.microsecond) == (0, 0)
    assert made.at <= clock.now() < made.at + timedelta(minutes=1)
    actions.undo_reply(ria, made)
    other = story_of(linde, "Samen koken", kind="prototype", status="idea")
    actions.set_status(noor, other, status="trying")
    rows = TrailEntry.objects.filter(about__in=[f"story {sent.pk}", f"story {other.pk}"])
    assert list(rows.order_by("number").values_list("actor", "verb")) == [
        ("clock", "story.sent"),
        ("clock", "story.replied"),
        ("clock", "story.reply_taken_back"),
        (f"person {noor.person}", "story.trying"),
    ]


def test_home_does_not_read_out_what_the_page_hides(linde: House) -> None:
    """A reply to a story for everybody inside: somebody from outside in the team gets no line of it."""
    team, today = linde.teams["vuurtoren"], clock.now().date()
    Membership(person=linde.people["external"], team=team, starts_on=today).save()
    asked = story_of(linde, "Wie kent een therapeut?", kind="help_request", visibility="V6")
    actions.reply(linde.actor("fleur"), asked, word="answer", text="Vraag Duinhuis.")
    told = {
        name: [str(x.words) for x in lines_for(linde.actor(name), "linde", today, most=20)]
        for name in ("noor", "external")
    }
    line = "Er is antwoord op “Wie kent een therapeut?”."
    assert {name: line in found for name, found in told.items()} == {
        "noor": True, "external": False,
    }  # fmt: skip
