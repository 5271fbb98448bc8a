"""Where everybody sits."""

import math
from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from kring.web.ring import MOST_DRAWN, RADIUS, Seat, Sits, draw, labels, seat_radius
from kring.web.templatetags.kring import chosen_from, circle


def seats(count: int, **first: object) -> list[Seat]:
    rest = [Seat(name=f"Person {index}") for index in range(1, count)]
    return [Seat(name="Person 0", **first), *rest]  # type: ignore[arg-type]


def test_three_people_sit_at_the_top_and_go_round_clockwise() -> None:
    spots = draw(seats(3)).spots
    assert [(spot.x, spot.y) for spot in spots] == [(0.0, -100.0), (86.6, 50.0), (-86.6, 50.0)]
    assert [spot.anchor for spot in spots] == ["middle", "start", "end"]


@given(st.integers(min_value=1, max_value=MOST_DRAWN))
def test_seats_never_touch(count: int) -> None:
    ring = draw(seats(count))
    assert len(ring.spots) == count
    for one, other in combinations(ring.spots, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) > 2 * ring.seat_radius


@given(st.integers(min_value=1, max_value=MOST_DRAWN), st.data(), st.booleans())
def test_everything_stays_inside_the_picture(count: int, data: st.DataObject, names: bool) -> None:
    ways = data.draw(st.lists(st.sampled_from(list(Sits)), min_size=count, max_size=count))
    ring = draw([Seat(name="A", sits=sits) for sits in ways], names=names)
    left, top, width, height = map(float, ring.view_box.split())
    for spot in ring.spots:
        assert left <= spot.x - ring.seat_radius
        assert spot.x + ring.seat_radius <= left + width
        assert top <= spot.y - ring.seat_radius
        assert spot.y + ring.seat_radius <= top + height


def test_a_parked_seat_stands_one_step_outside() -> None:
    parked, *others = draw(seats(8, sits=Sits.PARKED)).spots
    outside = math.hypot(parked.x, parked.y)
    assert outside - RADIUS > 2 * seat_radius(8)
    assert {round(math.hypot(spot.x, spot.y)) for spot in others} == {100}


def test_the_piece_lies_inside_the_ring_before_who_holds_it() -> None:
    assert draw(seats(4)).piece is None
    piece = draw(seats(4, has_piece=True)).piece
    assert piece is not None
    assert piece[0] == 0
    assert -RADIUS < piece[1] < 0


def test_a_large_circle_is_a_sentence() -> None:
    ring = draw(seats(MOST_DRAWN + 1, has_piece=True))
    assert (ring.spots, ring.piece, ring.count) == ((), None, MOST_DRAWN + 1)


def test_names_only_where_they_fit() -> None:
    assert draw(seats(12), names=True).is_named
    assert not draw(seats(13), names=True).is_named
    assert not draw(seats(12)).is_named


def test_labels_are_first_names_and_tell_people_apart() -> None:
    names = ("Bram de Wit", "Bram Prins", "Esra Yilmaz", "Jan", "Maximiliaantje Jansen", "")
    assert labels([Seat(name=name) for name in names]) == [
        "Bram W.",
        "Bram P.",
        "Esra",
        "Jan",
        "Maximiliaan…",
        "",
    ]


def test_a_drawn_ring_shows_who_sits_how_and_escapes_names() -> None:
    people = [
        Seat(name="<b>Ann & Bo</b>", has_piece=True, is_me=True),
        Seat(name="Cees", sits=Sits.PARKED),
        Seat(name="cliënt", sits=Sits.EMPTY),
    ]
    picture = str(circle(draw(people, names=True), "ring-wide", 'de kring van "ons"'))
    root = ElementTree.fromstring(picture)
    assert root.get("aria-label") == 'de kring van "ons"'
    groups = [one.get("class") for one in root.iter("g")]
    assert groups == ["seat here me turn", "seat parked", "seat empty"]
    marks = [one.text for one in root.iter("text") if one.get("class") == "seat-mark"]
    assert marks == ["B", "C"]  # letters only, and nothing on an empty chair
    names = [one.text for one in root.iter("text") if one.get("class") == "seat-name"]
    assert names == ["<b>Ann", "Cees", "cliënt"]
    assert len([one for one in root.iter("circle") if one.get("class") == "piece"]) == 1


def test_a_large_circle_is_drawn_as_a_number() -> None:
    root = ElementTree.fromstring(str(circle(draw(seats(60)), "ring-only", "x")))
    assert [one.text for one in root.iter("text")] == ["60"]


def test_one_option_of_a_list_is_chosen_whatever_its_type() -> None:
    html = chosen_from([(1, "Een <1>"), ("2", "Twee", "meer")], "1")
    assert (
        html == '<option value="1" selected>Een &lt;1&gt;</option><option value="2">Twee</option>'
    )
    assert chosen_from(None, "") == ""
