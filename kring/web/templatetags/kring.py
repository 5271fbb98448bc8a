"""Template tags every page may use."""

import functools
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any
from uuid import uuid4

import lucide
from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from kring.web import menu as menu_registry
from kring.web import panels as panel_registry
from kring.web import ring as ring_geometry
from kring.web import strict as strictness

register = template.Library()


@register.simple_tag(takes_context=True)
def strict(context: Context) -> str:
    """Hold the caller of a component to its declared attributes (``kring.web.strict``)."""
    attrs = context["attrs"]
    declared = attrs._exclude_from_str - {"is"}
    strictness.check(set(attrs.dict) - {"is", "attrs"}, declared, context.dicts[-1])
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
