"""Template tags every page may use."""

import functools
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any
from uuid import uuid4

import lucide
from django import template
from django.forms import BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from kring.web import menu as menu_registry
from kring.web import panels as panel_registry
from kring.web import pictures
from kring.web import ring as ring_geometry
from kring.web import strict as strictness

register = template.Library()

_fine: set[tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]] = set()
MOST_CALLS = 4096  # far more than there are ways in the templates to call a component


@register.simple_tag
def picture(name: str | None) -> SafeString:
    """A picture beside easy words; it says nothing of its own to a screen reader."""
    if not name:
        return SafeString("")
    source = static(f"pictures/{pictures.NAMES[name]}.svg")
    return format_html('<img class="picture" src="{}" alt="" loading="lazy">', source)


@register.simple_tag(takes_context=True)
def strict(context: Context) -> str:
    """Hold the caller of a component to its declared attributes (``kring.web.strict``)."""
    attrs, known = context["attrs"], context.dicts[-1]
    call = (frozenset(attrs._exclude_from_str), tuple(attrs.dict), tuple(known))
    if call not in _fine:  # names only: what was fine once is fine for every row of a list
        declared = attrs._exclude_from_str - {"is"}
        strictness.check(set(attrs.dict) - {"is", "attrs"}, declared, known)
        if len(_fine) < MOST_CALLS:
            _fine.add(call)
    return ""


@functools.lru_cache(maxsize=256)
def _icon(name: str) -> SafeString:
    drawn = lucide._render_icon(name, None, **{"class": "icon", "aria-hidden": "true"})
    return mark_safe(drawn)  # noqa: S308  the icon set's own SVG


@register.simple_tag
def icon(name: str) -> str:
    """An icon of the open set lucide, inline, hidden from screen readers: a word stands beside it."""
    return _icon(str(name)) if name else ""


@register.simple_tag
def key() -> str:
    """A fresh key for one submit: the same form sent twice is the same submit."""
    return str(uuid4())


@register.simple_tag(takes_context=True)
def panels(context: Context, slot: str, **subject: Any) -> SafeString:
    """What higher features show in this slot: ``{% panels "people.team" team=team %}``."""
    return panel_registry.ask(context["request"], slot, **subject)


@register.simple_tag(takes_context=True)
def menu(context: Context) -> list[menu_registry.Entry]:
    """The menu of the organisation, for the reader's place: ``{% menu as entries %}``."""
    organisation = context.get("organisation")
    if organisation is None:
        return []
    return list(menu_registry.entries(organisation.slug, context["request"].path))


@register.filter
def initials(name: str) -> str:
    """At most two letters for a person's chip: the first of the first and of the last word."""
    words = [word for word in str(name).split() if word[:1].isalpha()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@register.filter
def first_name(name: str) -> str:
    """How we greet somebody: the first word of the name."""
    return str(name).partition(" ")[0]


@register.simple_tag
def widget(bound: BoundField, keep: str = "") -> str:
    """A Django form field's control. ``keep`` names the place where typed text is kept (K1/K2)."""
    attrs: dict[str, str | bool] = {"class": "control", **({"data-keep": keep} if keep else {})}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    bound.field.widget.attrs.pop("placeholder", None)  # a label says it, and stays when you type
    return bound.as_widget(attrs=attrs)


@register.filter
def times(count: object) -> range:
    """``range(count)`` for a loop: ``{% for one in 3|times %}``."""
    return range(int(str(count)))


@register.filter
def triples(options: Iterable[Sequence[object]] | None) -> list[tuple[object, object, object]]:
    """Options as (value, words, explanation); the explanation may be missing."""
    return [(one[0], one[1], one[2] if len(one) > 2 else "") for one in options or ()]


@register.simple_tag
def chosen_from(options: Iterable[Sequence[object]] | None, value: object) -> SafeString:
    """The ``<option>`` lines of a list, one of them chosen (a team of forty has forty lines)."""
    mine = str(value)
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (one[0], SafeString(" selected" * (str(one[0]) == mine)), one[1])
            for one in options or ()
        ),
    )


@register.simple_tag
def circle(ring: ring_geometry.Ring, look: str, label: object) -> SafeString:
    """A placed ring as SVG: seats with initials, names where they fit, the talking piece."""
    return format_html(
        '<svg class="{}" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        look,
        ring.view_box,
        label,
        SafeString("".join(_drawn(ring))),  # each part is escaped below
    )


def _drawn(ring: ring_geometry.Ring) -> Iterator[str]:
    yield '<circle class="ring-line" r="100"/>'
    if not ring.spots:
        yield f'<text class="ring-middle" font-size="44">{ring.count}</text>'
        return
    if ring.piece:
        yield f'<circle class="piece" data-piece="" cx="{ring.piece[0]}" cy="{ring.piece[1]}" r="5"/>'
    for spot in ring.spots:
        seat = spot.seat
        looks = f"seat {seat.sits}{' me' * seat.is_me}{' turn' * seat.has_piece}"
        yield f'<g class="{looks}"><circle class="seat-spot" cx="{spot.x}" cy="{spot.y}"'
        yield f' r="{ring.seat_radius}"/>'
        if seat.sits != ring_geometry.Sits.EMPTY:
            yield f'<text class="seat-mark" x="{spot.x}" y="{spot.y}" font-size="{ring.mark_size}">'
            yield f"{escape(initials(seat.name))}</text>"
        if ring.is_named:
            yield f'<text class="seat-name" x="{spot.label_x}" y="{spot.label_y}"'
            yield f' text-anchor="{spot.anchor}" font-size="{ring.name_size}">'
            yield f"{escape(spot.label)}</text>"
        yield "</g>"


@register.filter
def among(value: object, chosen: object) -> bool:
    """Whether an option is chosen; ``chosen`` is one value or a collection of values."""
    if chosen is None:
        return False
    if isinstance(chosen, list | tuple | set | frozenset):
        return str(value) in {str(one) for one in chosen}
    return str(value) == str(chosen)


@register.filter
def seated(people: Iterable[object], name: str = "name") -> list[ring_geometry.Seat]:
    """People as seats of a circle; ``name`` is the way to each one's name ("person.name")."""
    return [ring_geometry.Seat(name=str(attrgetter(name)(one))) for one in people]


@register.filter
def drawn(seats: Sequence[ring_geometry.Seat], names: object = "") -> ring_geometry.Ring:
    """Seats placed around the circle; ``names`` true: with names beside them, if they fit."""
    return ring_geometry.draw(seats, names=bool(names))
