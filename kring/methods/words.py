"""The rules of a step in plain words (methods reference A3, A4, A5)."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kring.methods.format.package import AgreementTemplate
from kring.methods.format.shapes import (
    Protocol,
    Question,
    Record,
    Role,
    Speaking,
    Step,
    Visibility,
)

SPEAKING: dict[Speaking, Promise | str] = {
    Speaking.LEAD: gettext_lazy("the moderator talks"),
    Speaking.ROUND: gettext_lazy("a round: everyone once, passing is fine"),
    Speaking.PIECE: gettext_lazy("talking piece: who holds it talks, nobody reacts"),
    Speaking.OPEN: gettext_lazy("free talk"),
    Speaking.SILENT: gettext_lazy("silent: everyone thinks or writes alone"),
    Speaking.ONE: gettext_lazy("one person tells"),
    Speaking.ASK: gettext_lazy("asking: no advice, no judgement, no story of your own"),
    Speaking.PARKED: gettext_lazy("parked: one person only listens, the others talk"),
    Speaking.PAIRS: gettext_lazy("in pairs"),
    Speaking.TRIOS: gettext_lazy("in threes"),
    Speaking.TABLES: gettext_lazy("at tables; the host writes for the table"),
}
SEEN: dict[Visibility, Promise | str] = {
    Visibility.AUTHOR: gettext_lazy("only the writer sees it"),
    Visibility.CIRCLE_NAMED_AFTER_REVEAL: gettext_lazy(
        "the circle sees it all at once, with names"
    ),
    Visibility.CIRCLE_UNNAMED_AFTER_REVEAL: gettext_lazy(
        "the circle sees it all at once, without names"
    ),
    Visibility.CIRCLE: gettext_lazy("the circle sees it"),
    Visibility.TEAM: gettext_lazy("the team sees it"),
    Visibility.STEERING: gettext_lazy("the steering circle sees it"),
    Visibility.ORGANISATION: gettext_lazy("the whole organisation sees it"),
}
KEPT: dict[Record, Promise | str] = {
    Record.NOTHING: gettext_lazy("nothing is entered"),
    Record.EPHEMERAL: gettext_lazy("gone when the meeting closes"),
    Record.PRIVATE: gettext_lazy("a note of your own"),
    Record.CIRCLE: gettext_lazy("kept for this circle, six weeks"),
    Record.HARVEST: gettext_lazy("may leave the circle, with consent"),
}
DEPTH: dict[str, Promise | str] = {
    "light": gettext_lazy("light"),
    "medium": gettext_lazy("a bit closer"),
    "deep": gettext_lazy("deep: only when the circle feels safe"),
    "closing": gettext_lazy("to close with"),
}
EXISTENCE: dict[str, Promise | str] = {
    "participants": gettext_lazy("Only who takes part knows that this meeting takes place."),
    "team": gettext_lazy("The team knows that this meeting takes place."),
    "organisation": gettext_lazy("The organisation knows that this meeting takes place."),
}


def kept_of(form: AgreementTemplate) -> str:
    """Who may see what is agreed with a form, as one sentence."""
    said = str(SEEN[form.visibility])
    return f"{said[:1].upper()}{said[1:]}."


def depth_of(question: Question) -> str:
    """How deep a question goes, in words."""
    return str(DEPTH[question.depth])


def rules_of(step: Step, protocol: Protocol) -> list[str]:
    """Who speaks, who sees what is entered, and what is kept: two or three short phrases."""
    speaking = str(SPEAKING[step.speaking])
    role = next((role for role in protocol.roles if role.id == step.role), None)
    if role is not None and step.speaking in (Speaking.ONE, Speaking.ASK, Speaking.PARKED):
        speaking = {
            Speaking.ONE: _("{role} tells"),
            Speaking.ASK: _("the others ask, {role} answers: no advice"),
            Speaking.PARKED: _("{role} is parked and only listens, the others talk"),
        }[step.speaking].format(role=role.title.say(get_language() or "nl"))
    if step.record is Record.NOTHING or step.visibility not in SEEN:
        return [speaking, str(KEPT[Record.NOTHING])]
    return [speaking, str(SEEN[step.visibility]), str(KEPT[step.record])]


def people_of(protocol: Protocol) -> str:
    """How many people it is for."""
    return _("{least} to {most} people").format(least=protocol.group.min, most=protocol.group.max)


def minutes_of(protocol: Protocol) -> str:
    """How long it takes."""
    return _("{usual} minutes ({least} to {most})").format(
        usual=protocol.minutes.normal, least=protocol.minutes.min, most=protocol.minutes.max
    )


def number_of(role: Role) -> str:
    """How many people have a role: "1", "at most 4", or nothing when it is free."""
    if role.min == role.max:
        return ngettext("{count} person", "{count} people", role.min).format(count=role.min)
    if role.min:
        return _("at least {count}").format(count=role.min)
    return _("may be left out")


def existence_of(protocol: Protocol) -> str:
    """Who may know that the meeting took place."""
    return str(EXISTENCE[protocol.existence_visible_to])
