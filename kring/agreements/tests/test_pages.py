"""The pages, as people use them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client

from kring.agreements import actions
from kring.agreements.models import Agreement, Bell, Question, Sign
from kring.agreements.tests.conftest import START, WHAT, Maker
from kring.agreements.views.several import ON_A_PAGE
from tests.cast import House

AT = "/linde/agreements/"


@pytest.fixture(autouse=True)
def _three_days_later(make: Maker) -> object:
    with time_machine.travel(START + timedelta(days=3), tick=False):
        yield


@pytest.fixture
def come(linde: House) -> object:
    """Log somebody in."""

    def work(name: str) -> Client:
        client = Client()
        client.force_login(linde.account(name))
        return client

    return work


def post(client: Client, path: str, **fields: object) -> object:
    return client.post(f"{AT}{path}", {"key": str(uuid4()), **fields}, follow=True)


def text(response: object) -> str:
    assert response.status_code == 200, response.status_code  # type: ignore[attr-defined]
    return response.content.decode()  # type: ignore[attr-defined]


def test_the_list_shows_my_teams_and_nobody_elses(make: Maker, come: object) -> None:
    make(), make(what="Alleen wij", visibility="parties")
    page = text(come("daan").get(AT))
    assert [word in page for word in (WHAT, "Alleen wij", "Ruis van Duinhuis")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("rows", [1, 3, ON_A_PAGE + 1])
def test_the_list_asks_as_much_for_many_as_for_one(
    make: Maker, come: object, rows: int, django_assert_num_queries: object
) -> None:
    for _ in range(rows):
        make()
    client = come("daan")
    client.get(AT)
    with django_assert_num_queries(QUERIES_OF_LIST):
        client.get(AT)


QUERIES_OF_LIST = 10


def plain(response: object) -> str:
    """A page without what differs every time: tokens, and the address that was asked for."""
    words = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'value="[^"]*"|nonce="[^"]*"|"X-CSRFToken": "\w+"|/agreements/\d+', "", words)


def test_someone_elses_agreement_answers_like_one_that_is_not_there(
    make: Maker, come: object
) -> None:
    agreement, client = make(), come("fleur")
    pages = ("", "look-back/", "change/", "bell/", "bell/answer/", "ask/")
    for page in pages:
        theirs = client.get(f"{AT}{agreement.pk}/{page}")
        nothing = client.get(f"{AT}999999/{page}")
        assert (theirs.status_code, nothing.status_code) == (404, 404)
        assert plain(theirs) == plain(nothing)


def test_making_one(make: Maker, linde: House, come: object) -> None:
    client = come("noor")
    team = linde.teams["vuurtoren"]
    assert WHAT not in text(client.get(f"{AT}new/"))
    fields = {
        "what": "Ik bel eerst",
        "rhythm_days": 14,
        "takes": ["me", "team"],
        "bell": "me",
        "team": team.pk,
        "visibility": "team",
        "key": "een",
    }
    for _ in range(2):  # the same form twice is the same submit
        page = text(client.post(f"{AT}new/", fields, follow=True))
    made = Agreement.objects.get(what="Ik bel eerst")
    noor = linde.people["noor"]
    assert (made.team, made.rhythm_days, made.taken_on_by_team, made.bell_ringer) == (
        team,
        14,
        True,
        noor,
    )
    assert made.taker_ids() == {noor.pk}
    assert f"/undo/{made.signs.get().pk}/" in page


def test_a_mistake_keeps_what_was_typed(make: Maker, linde: House, come: object) -> None:
    page = text(
        post(come("noor"), "new/", what="", how_noticed="Getypt", rhythm_days=14, visibility="team")
    )
    assert "Getypt" in page
    assert Agreement.objects.filter(team=linde.teams["vuurtoren"]).count() == 0


@pytest.mark.parametrize(
    ("then", "kinds", "ends_at"),
    [
        ("keep", ["looked_back", "made"], ""),
        ("adapt", ["looked_back", "made"], "change/"),
        ("bell", ["bell", "made"], ""),
        ("stop", ["ended", "made"], ""),
    ],
)
def test_looking_back(make: Maker, come: object, then: str, kinds: list[str], ends_at: str) -> None:
    agreement, client = make(), come("noor")
    assert WHAT in text(client.get(f"{AT}{agreement.pk}/look-back/"))
    answer = post(
        client, f"{agreement.pk}/look-back/", status="running", noticed="Het lukt", then=then
    )
    assert answer.redirect_chain[-1][0] == f"{AT}{agreement.pk}/{ends_at}"
    assert list(Sign.objects.filter(agreement=agreement).values_list("kind", flat=True)) == kinds


def test_a_team_mate_is_not_offered_what_they_may_not(make: Maker, come: object) -> None:
    page = text(come("joke").get(f"{AT}{make().pk}/look-back/"))
    assert re.findall(r'name="then" value="(\w+)"', page) == ["keep", "bell"]


def test_ring_answer_and_undo(make: Maker, come: object) -> None:
    agreement, daan, noor = make(), come("daan"), come("noor")
    page = text(post(daan, f"{agreement.pk}/bell/", sentence="Niet in het weekend"))
    assert "Niet in het weekend" in page
    assert "Daan" not in page.split("<main")[1].split("</main>")[0]
    assert "Niet in het weekend" in text(noor.get(f"{AT}{agreement.pk}/bell/answer/"))
    post(noor, f"{agreement.pk}/bell/answer/", answer="adapted", what="Ook in het weekend")
    agreement.refresh_from_db()
    assert (agreement.what, agreement.is_rung) == ("Ook in het weekend", False)
    last = Sign.objects.filter(agreement=agreement).first()
    assert last is not None
    page = text(post(noor, f"undo/{last.pk}/"))
    agreement.refresh_from_db()
    assert (agreement.what, agreement.is_rung) == (WHAT, True)
    assert Bell.objects.get(agreement=agreement).answer == ""


def test_a_bell_by_itself_is_answered_by_looking_back(make: Maker, come: object) -> None:
    from kring.base import clock

    agreement = make()
    with time_machine.travel(START + timedelta(days=22), tick=False):
        clock.run_once()
        noor = come("noor")
        assert f"{AT}{agreement.pk}/look-back/" in text(noor.get(f"{AT}{agreement.pk}/"))
        post(noor, f"{agreement.pk}/look-back/", status="running", then="keep")
    assert Bell.objects.get(agreement=agreement).answer == "looked_back"


def test_changing_stopping_and_looking_again(make: Maker, come: object) -> None:
    agreement, noor = make(), come("noor")
    assert WHAT in text(noor.get(f"{AT}{agreement.pk}/change/"))
    fields = {"what": "Nieuw", "rhythm_days": 42, "look_back_on": "2026-04-01"}
    post(noor, f"{agreement.pk}/change/", **fields)
    post(noor, f"{agreement.pk}/look-again/", on="2026-05-01")
    agreement.refresh_from_db()
    assert (agreement.what, agreement.rhythm_days, str(agreement.look_back_on)) == (
        "Nieuw",
        42,
        "2026-05-01",
    )
    page = text(post(noor, f"{agreement.pk}/look-again/", on="2026-03-01"))
    assert 'aria-invalid="true"' in page
    post(noor, f"{agreement.pk}/change/", stop="1")
    agreement.refresh_from_db()
    assert agreement.is_open is False
    assert "Nieuw" in text(noor.get(f"{AT}?show=stopped"))


def test_joining_leaving_and_minding_the_bell(make: Maker, linde: House, come: object) -> None:
    agreement, daan = make(bell_ringer=None), come("daan")
    post(daan, f"{agreement.pk}/join/")
    post(daan, f"{agreement.pk}/bell/mind/", who="me")
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert agreement.bell_ringer == linde.people["daan"]
    assert linde.people["daan"].pk in agreement.taker_ids()
    post(daan, f"{agreement.pk}/bell/mind/", who="nobody")
    post(daan, f"{agreement.pk}/leave/")
    agreement = Agreement.objects.get(pk=agreement.pk)
    assert (agreement.bell_ringer, agreement.taker_ids()) == (None, {linde.people["noor"].pk})


def test_the_question_to_who_can_change_it(make: Maker, linde: House, come: object) -> None:
    agreement, noor, ria = make(), come("noor"), come("ria")
    assert noor.get(f"{AT}{agreement.pk}/ask/").status_code == 403
    Agreement.objects.filter(pk=agreement.pk).update(bells=2)
    page = text(noor.get(f"{AT}{agreement.pk}/ask/"))
    offered = re.findall(r"<option value=\"\d+\">(\w+)", page)
    assert offered == ["Hester", "Joke", "Ria"]
    post(
        noor,
        f"{agreement.pk}/ask/",
        to=linde.people["ria"].pk,
        asked="Mag het rooster anders?",
        on="2026-03-20",
    )
    question = Question.objects.get()
    assert ria.get(f"{AT}{agreement.pk}/").status_code == 404  # the question, not the agreement
    assert "Mag het rooster anders?" in text(ria.get(f"{AT}questions/{question.pk}/"))
    assert come("bram").get(f"{AT}questions/{question.pk}/").status_code == 404
    post(ria, f"questions/{question.pk}/", words="Ja, vanaf april")
    assert "Ja, vanaf april" in text(noor.get(f"{AT}{agreement.pk}/"))


@pytest.mark.parametrize("signs", [1, 3])
def test_the_page_asks_as_much_for_a_long_history(
    make: Maker, linde: House, come: object, signs: int, django_assert_num_queries: object
) -> None:
    agreement, client = make(), come("daan")
    for _ in range(signs):
        actions.check_in(linde.actor("daan"), agreement, status="running")
        actions.join(linde.actor("joke"), agreement)
    client.get(f"{AT}{agreement.pk}/")
    with django_assert_num_queries(QUERIES_OF_PAGE):
        client.get(f"{AT}{agreement.pk}/")


QUERIES_OF_PAGE = 11


def test_a_form_without_a_key_changes_nothing(make: Maker, come: object) -> None:
    agreement = make()
    answer = come("noor").post(f"{AT}{agreement.pk}/join/", {})
    assert answer.status_code == 400


def test_looking_changes_nothing(make: Maker, come: object) -> None:
    agreement = make()
    answers = [
        come("noor").get(f"{AT}{agreement.pk}/{page}").status_code for page in ("join/", "leave/")
    ]
    assert answers == [405, 405]
