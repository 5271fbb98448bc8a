"""What the facilitator keeps while preparing: that it was done, practical wishes, go or no-go."""

from collections.abc import Mapping
from typing import cast

from django.utils.translation import gettext as _

from kring.base.policy import Actor, NotThere, Refused, require
from kring.talks.actions.keeping import change
from kring.talks.models import Talk
from kring.talks.rules import CHECKS, Check, Paper, needs_checks

ANSWERS = ("yes", "no", "unsure")
LONGEST = 1_000


def prepare(
    actor: Actor,
    talk: Talk,
    key: str,
    *,
    number: int,
    prepared: bool,
    checks: Mapping[str, str],
    wishes: str,
    beside: int | None = None,
    consulted: bool | None = None,
) -> Talk:
    """Note of one person that you talked, whether it can be safe, and practical wishes.

    ``checks``: answers (yes, no, unsure) by question; others are left out. ``beside``: the chair a
    support person sits next to. There is no place for what somebody told.
    """
    require(actor, "talks.lead", talk)
    wishes = wishes.replace("\r\n", "\n")  # a browser counts an end of a line as one
    if len(wishes) > LONGEST:
        raise Refused(_("This is too long. Only practical wishes; nothing was lost."))
    wanted: dict[str, Check] = {}
    if needs_checks(talk.script.id):
        for name in CHECKS:
            answer = checks.get(name)
            if answer in ANSWERS:
                wanted[name] = cast(Check, answer)

    def work(paper: Paper) -> Paper:
        chair = paper.chair(number)
        if chair is None or chair.leads:
            raise NotThere
        place = beside if chair.supports and beside and paper.chair(beside) else None
        made = chair.model_copy(
            update={
                "prepared": prepared,
                "checks": wanted,
                "wishes": wishes.strip(),
                "beside": place,
            }
        )
        said = paper.consulted if consulted is None else consulted
        return paper.with_chair(made).model_copy(update={"consulted": said})

    return change(talk, f"prepare {number}", key, work)


def write_note(actor: Actor, talk: Talk, key: str, *, text: str) -> Talk:
    """The facilitator's own practical note; empty throws it away. Gone when the talk closes."""
    require(actor, "talks.lead", talk)
    chair = talk.chair_of(actor)
    assert chair is not None  # the rule just said so
    text = text.replace("\r\n", "\n")
    if len(text) > 4 * LONGEST:
        raise Refused(_("This note is too long. Make it shorter; nothing was lost."))

    def work(paper: Paper) -> Paper:
        notes = {name: said for name, said in paper.notes.items() if name != chair.key}
        if text.strip():
            notes[chair.key] = text.strip()
        return paper.model_copy(update={"notes": notes})

    return change(talk, f"note {chair.number}", key, work)
