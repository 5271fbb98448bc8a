"""What the screens of a meeting need: texts in the reader's language, names beside seats."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from kring.agreements.rules import Status
from kring.agreements.words import STATUS, rhythm
from kring.base import clock
from kring.meetings import screens
from kring.meetings.rules import days
from kring.meetings.said import MODES, moment_words
from kring.methods.format.outputs import OUTPUTS
from kring.web.ring import Seat

register = template.Library()

RHYTHMS = (7, 14, 21, 28, 42, 84)  # days between two looks back that are offered in a meeting


class Remembered(template.Node):
    """A piece that many screens share, drawn once for the same words."""

    def __init__(self, name: str, words: list[FilterExpression], inside: NodeList) -> None:
        self.name = name
        self.words = words
        self.nodelist = inside

    def render(self, context: Context) -> SafeString:
        kept: dict[tuple[object, ...], SafeString] | None = context.get("kept")
        if kept is None:
            return self.nodelist.render(context)
        key = (self.name, *(word.resolve(context) for word in self.words))
        piece = kept.get(key)
        if piece is None:
            piece = kept[key] = self.nodelist.render(context)
        return piece


@register.tag
def remember(parser: Parser, token: Token) -> Remembered:
    """``{% remember name word … %} … {% endremember %}``.

    What is inside may depend on these words, the language and what stays the same as long as a
    meeting lasts; ``kept`` in the context holds the pieces (``stream/looks.py``) until the close.
    """
    _tag, name, *words = token.split_contents()
    inside = parser.parse(("endremember",))
    parser.delete_first_token()
    return Remembered(name, [parser.compile_filter(word) for word in words], inside)


@register.filter
def said(text: Mapping[str, str] | None) -> str:
    """A text of the engine in the language of the page."""
    if not text:
        return ""
    return text["en" if (get_language() or "nl").startswith("en") else "nl"]


@register.filter
def called(seat: str | None, names: Mapping[str, str]) -> str:
    """The name beside a seat."""
    return names.get(seat or "", "…")


@register.simple_tag
def asks(kind: str, **fields: object) -> SafeString:
    """The hidden part of a form that asks something. The page fills in what proves its origin."""
    rows = [("ask", kind), *((name, value) for name, value in fields.items() if value is not None)]
    inputs = [
        format_html('<input type="hidden" name="{}" value="{}">', name, value)
        for name, value in rows
    ]
    return SafeString("".join(inputs) + screens.PROOF)


@register.simple_tag
def ring_of(view: Mapping[str, Any], names: Mapping[str, str]) -> list[Seat]:
    """The chairs as ``<c-ring>`` draws them."""
    return screens.seats(view, names)


@register.simple_tag
def opening_of(view: Mapping[str, Any], names: Mapping[str, str]) -> list[Seat]:
    """The chairs with only those who already came in as present."""
    return screens.seats(view, names)


@register.simple_tag
def stripes(view: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The plan as ``<c-phases>`` draws it."""
    states = {"been": "done", "now": "now", "ahead": "open", "skipped": "skipped"}
    plan: Sequence[Mapping[str, Any]] = view.get("script", {}).get("plan", ())
    return [(said(line["title"]), states[line["stage"]]) for line in plan]


@register.simple_tag
def ahead(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The phases ahead, each with the orders in which it stands one place earlier or later."""
    return screens.ahead(view)


@register.simple_tag
def seating_of(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The chairs, each with the orders in which it stands one place earlier or later."""
    return screens.seating(view)


@register.simple_tag
def bank_of(view: Mapping[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """The questions the facilitator may pick from, by depth."""
    return screens.shelves(view)


@register.filter
def output_type(kind: str) -> Any:
    """The output type (A6) with this id, or nothing."""
    return OUTPUTS.get(kind)


@register.filter
def text_of(text: Any) -> str:
    """A ``Text`` of a method file in the language of the page."""
    return text.say(get_language() or "nl") if text else ""


@register.filter
def at(mapping: Mapping[str, Any] | None, name: str) -> Any:
    """One value of a mapping; nothing when it is not there."""
    return (mapping or {}).get(name)


@register.simple_tag
def screen_template(view: Mapping[str, Any], screen: str) -> list[str]:
    """Where the screen of this kind of step stands; the plain one when it has none of its own."""
    return screens.templates_of(view, screen)


@register.simple_tag
def numbers_of(view: Mapping[str, Any]) -> list[tuple[int, list[str | None]]]:
    """For 10 down to 0: who is there (named) or how many (unnamed). Empty until shown."""
    shown = view.get("part", {}).get("numbers") or []
    if not shown:
        return []
    spread: dict[int, list[str | None]] = {value: [] for value in range(10, -1, -1)}
    for one in shown:
        spread[one["value"]].append(one["seat"])
    return list(spread.items())


@register.simple_tag
def voices_of(view: Mapping[str, Any]) -> list[tuple[Mapping[str, str], str]]:
    """Each voice with its numbers from low to high; empty when they are not shown apart."""
    part = view.get("part", {})
    return [
        (
            one["title"],
            " · ".join(
                str(value)
                for value in sorted(n["value"] for n in part["numbers"] if n["voice"] == one["id"])
            ),
        )
        for one in part.get("voices", ())
    ]


@register.simple_tag
def few(view: Mapping[str, Any]) -> bool:
    """Fewer people here than are needed to show anything without names."""
    return sum(1 for chair in view.get("ring", ()) if chair["here"]) < 4


@register.simple_tag
def my_cards(mine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Own cards that still lie somewhere, the hidden ones first."""
    cards = [card for card in mine.get("cards", ()) if not card["removed"]]
    return sorted(cards, key=lambda card: not card["hidden"])


@register.filter
def words(text: str) -> list[str]:
    """The words of a text, for a short loop."""
    return text.split()


@register.filter
def readers(visibility: str) -> str:
    """Who reads something that leaves the circle."""
    return {
        "V4": _("The team reads this."),
        "V5": _("The core group reads this."),
        "V6": _("The whole organisation reads this."),
    }.get(visibility, "")


@register.simple_tag
def stage_words(view: Mapping[str, Any], item: Mapping[str, Any]) -> str:
    """Where something is on its way out of the circle, and what it still waits for."""
    wanted = [
        said(field["label"])
        for field in type_of(view, item).get("fields", ())
        if field["id"] in item["missing"]
    ]
    if item["stage"] == "open" and wanted:
        return _("Still open: %(questions)s") % {"questions": " ".join(wanted)}
    return {
        "asking": _("Waits for the yes of the person it came from."),
        "open": _("Something is still missing."),
        "ready": _("This may go along unless somebody says: rather not. Saying nothing is fine."),
        "released": _("Goes along with us."),
        "kept": _("Stays in the circle."),
    }[item["stage"]]


@register.simple_tag
def leads(audience: Any) -> bool:
    """Whether this screen belongs to a moderator at work."""
    return bool(audience.moderator) and audience.screen in ("moderator", "table")


@register.filter
def mode_title(mode: str) -> str:
    """What a mode is called."""
    return str(MODES[mode][0])


@register.simple_tag
def open_now(view: Mapping[str, Any], meeting: Mapping[str, Any]) -> dict[str, Any] | None:
    """Over days: until when the part on this screen is open; None in a meeting of one sitting."""
    if not view.get("days"):
        return None
    windows = days.from_json(meeting.get("windows", ()))
    now = next((one for one in windows if one.phase == view["phase"]["id"]), None)
    return {"until": moment_words(now.closes_at), "is_last": now == windows[-1]} if now else None


@register.simple_tag
def type_of(view: Mapping[str, Any], item: Mapping[str, Any]) -> Mapping[str, Any]:
    """The output type of an item, as the view describes it."""
    return next((one for one in view["part"]["outputs"] if one["id"] == item["output"]), {})


@register.simple_tag
def seat_fields(view: Mapping[str, Any], item: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Fields somebody takes on for themselves, as long as nobody has."""
    fields = type_of(view, item).get("fields", ())
    return [one for one in fields if one["kind"] == "seat" and not item["fields"].get(one["id"])]


@register.simple_tag
def filled_of(
    view: Mapping[str, Any], item: Mapping[str, Any], names: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Label and value of everything that was filled in besides the text itself."""
    found = []
    for field in type_of(view, item).get("fields", ()):
        value = item["fields"].get(field["id"])
        if value is None or field["summary"]:
            continue
        if field["kind"] == "seat":
            value = names.get(value, "…")
        elif field["kind"] == "date":
            value = date_format(date.fromisoformat(value), "j F Y")
        elif field["kind"] == "days":
            value = rhythm(int(value))
        chosen = {choice["id"]: said(choice["text"]) for choice in field["choices"]}
        found.append((said(field["label"]), chosen.get(value, value)))
    return found


@register.filter
def agreement_word(status: str) -> str:
    """The word that was given for how an agreement goes."""
    return str(STATUS[Status(status)]) if status else ""


@register.filter
def rhythms(chosen: str | None) -> list[tuple[str, str]]:
    """How often one may look back, as days and in words; ``chosen`` stays among them."""
    days = sorted({*RHYTHMS, *([int(chosen)] if chosen else [])})
    return [(str(one), rhythm(one)) for one in days]


@register.simple_tag
def waiting_for(view: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The items that wait for the yes of this seat."""
    ids = set(mine.get("part", {}).get("waiting", ()))
    return [item for item in view["part"]["items"] if item["item"] in ids]


@register.simple_tag
def look_back_day() -> str:
    """A first proposal for a day to look back: six weeks from now."""
    return (clock.now().date() + timedelta(days=screens.USUAL_LOOK_BACK)).isoformat()


@register.simple_tag
def tellers(view: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Who tells in a step for one role; empty in every other step."""
    step = view.get("step") or {}
    if step.get("kind") != "one" or not step.get("role"):
        return ""
    holders = [one["seat"] for one in view["ring"] if one["here"] and step["role"] in one["roles"]]
    return " & ".join(names.get(seat, "…") for seat in holders)


@register.filter
def qr(code: str) -> SafeString:
    """The QR code of the way in; empty when the code no longer works."""
    return screens.qr(code) if code else SafeString("")


@register.simple_tag
def join_address() -> str:
    """Where people type the code."""
    return screens.join_address()


@register.simple_tag
def mine_first(view: Mapping[str, Any]) -> bool:
    """Kinds of step in which what is asked of me alone comes before what the circle sees."""
    kind = (view.get("step") or {}).get("kind")
    return view.get("stage") == "running" and kind in (
        "harvest",
        "scale",
        "groups",
        "tables",
        "opinions",
    )


@register.filter
def released_text(item: Mapping[str, Any]) -> str:
    """The words of something that leaves the circle."""
    kind = OUTPUTS.get(item["output"])
    return str(item["fields"].get(kind.summary.id, "")) if kind else ""


@register.simple_tag
def own_items(view: Mapping[str, Any], mine: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Over days everybody fills in their own proposals; those that can still change."""
    ids = set(mine.get("part", {}).get("own", ()))
    still = ("asking", "open", "ready")
    items = view["part"]["items"] if view.get("days") else ()
    return [item for item in items if item["item"] in ids and item["stage"] in still]
