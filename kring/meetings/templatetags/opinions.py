"""What the screens of an opinion step need: sentences with words, never numbers of single people."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kring.meetings import clouds
from kring.meetings.templatetags.rooms import said

register = template.Library()


def _texts(view: Mapping[str, Any]) -> dict[str, str]:
    return {card["card"]: card["text"] for card in view.get("cards", ())}


@register.filter
def in_words(cell: Mapping[str, Any] | None) -> str:
    """How a crowd thinks of a statement, in words."""
    if not cell:
        return _("Not shown, so that nobody can be recognised.")
    if "agree" not in cell or cell["word"] in ("divided", "pass"):
        return plain_word(cell["word"])
    number = cell["agree"] if cell["word"] in ("nearly_all", "most") else cell["disagree"]
    if number >= 10:
        return plain_word(cell["word"])
    if cell["word"] in ("nearly_all", "most"):
        return _("about %(n)s out of 10 agree") % {"n": number}
    return _("about %(n)s out of 10 disagree") % {"n": number}


@register.filter
def plain_word(word: str) -> str:
    """One word of the map as a short sentence."""
    return {
        "nearly_all": _("nearly everybody agrees"),
        "most": _("most agree"),
        "divided": _("opinions differ"),
        "pass": _("many do not know yet"),
        "few": _("most disagree"),
        "nearly_none": _("nearly everybody disagrees"),
        "agree": _("mostly agree"),
        "mixed": _("opinions differ"),
        "disagree": _("mostly disagree"),
    }[word]


@register.filter
def why_held(reason: str) -> str:
    """Why a statement is held back, for everybody to read."""
    return {
        "names": _("It speaks of a person who can be recognised."),
        "insult": _("It could hurt somebody."),
        "client": _("It speaks of a client or a family."),
        "double": _("It says the same as another one."),
        "unclear": _("It says more than one thing, or is not clear."),
    }[reason]


@register.simple_tag
def reasons() -> list[tuple[str, str]]:
    """The reasons a facilitator can give, in short."""
    return [
        ("names", _("A name, or somebody recognisable")),
        ("insult", _("Hurtful")),
        ("client", _("About a client")),
        ("double", _("Said already")),
        ("unclear", _("Two things at once, or unclear")),
    ]


@register.simple_tag
def finding(picture: Mapping[str, Any] | None) -> str:
    """The finding of the map in one sentence."""
    if not picture or picture["kind"] == "few":
        return _("Not enough votes yet for a map.")
    if picture["kind"] == "groups":
        many = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five")}[len(picture["groups"])]
        if picture["unites"]:
            return _("We think in %(n)s groups, and this is what we share.") % {"n": many}
        return _("We think in %(n)s groups. There is nothing yet we all say.") % {"n": many}
    if picture["unites"]:
        return _("No clear groups. This is what we share.")
    return _("No clear groups, and nothing yet that most of us say.")


@register.simple_tag
def lines_of(view: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """``unites`` or ``divides`` with the text of every statement that still lies there."""
    texts, picture = _texts(view), view["part"]["picture"] or {}
    names = [group["name"] for group in picture.get("groups", ())]
    return [
        {
            **line,
            "text": texts[line["card"]],
            "named": [*zip(names, line.get("groups", ()), strict=False)],
        }
        for line in picture.get(name, ())
        if line["card"] in texts
    ]


@register.simple_tag
def groups_of(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The groups, each with what marks it in words."""
    texts, picture = _texts(view), view["part"]["picture"] or {}
    shared = {line["card"] for line in picture.get("unites", ())}
    found = []
    for group in picture.get("groups", ()):
        marks = [
            {**mark, "text": texts[mark["card"]]}
            for mark in sorted(group["marks"], key=lambda one: one["card"] in shared)
            if mark["card"] in texts
        ]
        found.append({**group, "marks": marks})
    return found


@register.simple_tag
def every_statement(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """All statements with a word for everybody and per group, the most shared first."""
    texts, picture = _texts(view), view["part"]["picture"] or {}
    names = [group["name"] for group in picture.get("groups", ())]
    order = [
        "nearly_all",
        "nearly_none",
        "agree",
        "disagree",
        "most",
        "few",
        "divided",
        "mixed",
        "pass",
    ]
    lines = [
        {
            **line,
            "text": texts[line["card"]],
            "named": [*zip(names, line["groups"], strict=False)],
        }
        for line in picture.get("statements", ())
        if line["card"] in texts
    ]
    return sorted(
        lines, key=lambda one: (order.index(one["all"]["word"]) if one["all"] else 99, one["text"])
    )


@register.simple_tag
def layers_of(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Per layer what it says of the statements in sight."""
    texts, picture = _texts(view), view["part"]["picture"] or {}
    titles = {one["id"]: said(one["text"]) for one in view["step"]["choices"]}
    return [
        {
            "title": titles.get(layer["choice"], ""),
            "lines": [
                {"text": texts[card], "cell": cell}
                for card, cell in layer["cells"].items()
                if card in texts
            ],
        }
        for layer in picture.get("layers", ())
    ]


@register.filter
def tenths(number: int) -> str:
    """How large a group is, in words."""
    if number >= 10:
        return _("nearly everybody")
    return _("about %(n)s out of 10 people") % {"n": number}


@register.simple_tag
def vote_words() -> Sequence[tuple[str, str, str]]:
    """The three votes: value, icon and word."""
    return (
        ("agree", "thumbs-up", _("Agree")),
        ("disagree", "thumbs-down", _("Disagree")),
        ("pass", "circle-question-mark", _("I do not know")),
    )


@register.filter
def voted(vote: str) -> str:
    """My own vote in a sentence."""
    return {
        "agree": _("You agree."),
        "disagree": _("You disagree."),
        "pass": _("You do not know yet."),
    }[vote]


@register.simple_tag
def count_of(view: Mapping[str, Any], card: str, place: int) -> int:
    """Hands counted for a statement: 0 agree, 1 disagree, 2 does not know."""
    numbers: Sequence[int] = view["part"]["hands"].get(card, (0, 0, 0))
    return numbers[place]


ALONE = {"name": "", "tenths": 10, "cloud": {"x": 50, "y": 50, "wide": 14, "high": 10, "tilt": 0}}
"""The cloud of everybody, where there are no clear groups."""
SOFT = (1.0, 0.88, 0.74, 0.58)
"""A cloud is drawn in layers, so that it has no edge: nobody stands just in or just out of it."""


def _soft(one: clouds.Cloud) -> SafeString:
    """One cloud with its letter."""
    layers = format_html_join(
        "",
        '<ellipse cx="{}" cy="{}" rx="{}" ry="{}" transform="rotate({} {} {})"/>',
        (
            (
                one.x,
                one.y,
                round(one.wide * part, 1),
                round(one.high * part, 1),
                one.tilt,
                one.x,
                one.y,
            )
            for part in SOFT
        ),
    )
    return format_html(
        '<g class="cloud">{}<text x="{}" y="{}" font-size="13">{}</text></g>',
        layers,
        one.x,
        one.y,
        one.name,
    )


@register.simple_tag
def draw_clouds(view: Mapping[str, Any]) -> SafeString:
    """The groups as soft clouds with their letter, and the same in words."""
    groups = (view["part"]["picture"] or {}).get("groups", ())
    words = ". ".join(
        _("Group %(name)s: %(size)s") % {"name": group["name"], "size": tenths(group["tenths"])}
        for group in groups
    ) or _("One cloud: no clear groups")
    shapes = SafeString("".join(_soft(one) for one in clouds.clouds(groups or [ALONE])))
    return format_html(
        '<svg class="clouds" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>',
        int(clouds.WIDE),
        int(clouds.HIGH),
        words,
        shapes,
    )


@register.simple_tag
def draw_stand(line: Mapping[str, Any]) -> SafeString:
    """Where every group stands on a sentence, between disagree and agree."""
    named = line["named"]
    words = "; ".join(
        _("Group %(name)s: %(size)s") % {"name": name, "size": in_words(cell)}
        for name, cell in named
    )
    chips = format_html_join(
        "",
        '<g class="chip"><circle cx="{}" cy="13" r="10"/><text x="{}" y="13" font-size="12">{}</text></g>',
        ((at, at, name) for name, at in clouds.stands(named)),
    )
    return format_html(
        '<svg class="stand-line" viewBox="0 0 {} 26" role="img" aria-label="{}">'
        '<line x1="2" x2="{}" y1="13" y2="13" stroke-width="1.5"/>{}</svg>',
        int(clouds.LINE),
        words,
        int(clouds.LINE) - 2,
        chips,
    )
