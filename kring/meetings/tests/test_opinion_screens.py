"""What people see of an opinion step, on every screen and in both languages."""

import itertools
import re
from collections.abc import Iterator
from random import Random

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from kring.meetings import clouds
from kring.meetings.engine.shape import Screen
from kring.meetings.engine.tests.test_opinions import PLACES, crowd, later, two_camps
from kring.meetings.engine.tests.toy import Table
from kring.meetings.steps.opinions.sheet import room_of
from kring.meetings.templatetags import opinions as tags

ABOUT = {"id": 7, "code": "ABCDEF", "url": "/linde/meetings/7/", "lead": "m", "title": "x"}
SHOWN: tuple[tuple[str | None, Screen], ...] = (
    ("s1", "phone"),
    ("m", "moderator"),
    ("m", "table"),
    (None, "board"),
)


def drawn(table: Table, seat: str | None, screen: Screen, language: str = "nl") -> str:
    """A whole screen, as the stream would send it."""
    from kring.meetings.engine import audience, see

    sort = audience(table.state, seat, screen)
    names = {one: f"Mens {one}" for one in table.state.record.seats}
    words = {"view": see(table.state, sort), "names": names, "meeting": ABOUT}
    with translation.override(language):
        whole = render_to_string(
            f"meetings/parts/screens/{screen}.html", words | {"audience": sort}
        )
        if seat:
            own = {**table.mine(seat)}
            own.pop("seat")  # type: ignore[misc]
            part = render_to_string("meetings/parts/screens/mine.html", words | {"mine": own})
            whole = whole.replace("<!--mine-->", part)
    return whole


def moments() -> Iterator[tuple[str, Table]]:
    """Nothing yet, voting, voting with a map, groups, no groups, held back, one device."""
    yield "empty", crowd(8, 0)[0]
    yield "voting", crowd(8, 3, "K")[0]
    live, cards = crowd(40, 10, choices=PLACES)
    two_camps(live, cards, 40)
    yield "live", live
    bad = live.do("s1", "contribute", text="Piet doet nooit iets")[-1].data["card"]
    live.do("m", "hold", card=bad, reason="insult")
    yield "held", live
    for number in range(39):
        live.do(f"s{number}", "stand", choice="team")
    live.do("m", "finish_map", confirmed=True)
    yield "groups", live
    noise, cards = crowd(60, 12)
    dice = Random(3)
    for number in range(59):
        for card in cards:
            noise.do(f"s{number}", "vote", card=card, vote=dice.choice(["agree", "disagree"]))
    noise.do("m", "finish_map", confirmed=True)
    yield "noise", noise
    hands, cards = crowd(7, 2)
    hands.do("m", "set_devices", one=True)
    hands.do("m", "count_hands", card=cards[0], agree=6, disagree=1, passed=0)
    yield "hands", hands


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_screen_is_whole(language: str) -> None:
    for name, table in moments():
        for seat, screen in SHOWN:
            html = drawn(table, seat, screen, language)
            ids = re.findall(r'\bid="([^"]+)"', html)
            assert sorted(ids) == sorted(set(ids)), (name, screen)
            assert "&lt;" not in html, (name, screen)
            assert "None" not in re.sub(r"<[^>]*>", "", html), (name, screen)


def test_what_is_held_back_is_read_by_the_author_and_the_facilitator_only() -> None:
    table = dict(moments())["held"]
    assert "Piet doet nooit iets" in drawn(table, "m", "moderator")
    assert "Piet doet nooit iets" in drawn(table, "s1", "phone")
    for seat, screen in (("s2", "phone"), (None, "board")):
        html = drawn(table, seat, screen)  # type: ignore[arg-type]
        assert "Piet doet nooit iets" not in html
        assert "vastgehouden" in html
        assert "Het kan iemand pijn doen." in html


def test_no_screen_tells_a_vote_a_token_or_the_key() -> None:
    table, cards = crowd(40, 10)
    two_camps(table, cards, 40)
    own = room_of(table.state, "v1")
    for seat, screen in SHOWN:
        html = drawn(table, seat, screen)
        assert not [token for token in (*own.votes, own.key) if token in html]


def test_the_finding_comes_first_and_in_words() -> None:
    shown = dict(moments())
    groups, noise = drawn(shown["groups"], None, "board"), drawn(shown["noise"], None, "board")
    assert "We denken in twee groepen, en dit delen we." in groups
    assert groups.count('class="cloud"') == 2
    assert "Geen duidelijke groepen" in noise
    assert noise.count('class="cloud"') == 1
    assert 'class="chip"' not in noise


def test_the_phone_asks_one_thing() -> None:
    table, cards = crowd(30, 3)
    html = drawn(table, "s0", "phone")
    assert html.index('id="vote-now"') < html.index("<details")
    assert html.count('class="statement"') == 1
    assert [f'value="{one}"' in html for one in ("agree", "disagree", "pass")] == [True] * 3
    for card in cards:
        later(table, "s0", 1, "vote", card=card, vote="agree")
    assert 'id="vote-now"' not in drawn(table, "s0", "phone")
    assert "Je hebt overal op gestemd" in drawn(table, "s0", "phone")


def test_clouds_stay_in_the_picture_and_off_each_other() -> None:
    dice = Random(5)
    for _ in range(200):
        shares = [dice.randint(1, 10) for _ in range(dice.randint(1, 5))]
        groups = [
            {
                "name": "ABCDE"[at],
                "tenths": max(1, round(10 * share / sum(shares))),
                "cloud": {
                    "x": dice.randint(8, 92),
                    "y": dice.randint(8, 92),
                    "wide": dice.randint(7, 30),
                    "high": dice.randint(6, 30),
                    "tilt": dice.randint(-18, 18) * 5,
                },
            }
            for at, share in enumerate(shares)
        ]
        made = clouds.clouds(groups)
        for one in made:
            assert one.reach <= one.x <= clouds.WIDE - one.reach
            assert one.reach <= one.y <= clouds.HIGH - one.reach
        spots = {(one.x, one.y) for one in made}
        assert len(spots) == len(made)


def test_letters_on_a_line_never_hide_each_other() -> None:
    cell = {"word": "nearly_all", "agree": 10, "disagree": 0}
    placed = clouds.stands([("A", cell), ("B", cell), ("C", {"word": "mixed"}), ("D", None)])
    assert [name for name, _ in placed] == ["C", "A", "B"]
    spots = [at for _, at in placed]
    assert all(b - a >= 2 * clouds.CHIP for a, b in itertools.pairwise(spots))
    assert spots[-1] <= clouds.LINE - clouds.CHIP


def test_words_for_cells() -> None:
    with translation.override("nl"):
        assert tags.in_words(None) == "Niet getoond, om niemand herkenbaar te maken."
        most = {"word": "most", "agree": 7, "disagree": 2}
        assert tags.in_words(most) == "ongeveer 7 van de 10 zijn het eens"
        assert tags.in_words({"word": "agree"}) == "vooral eens"
