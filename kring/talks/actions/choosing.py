"""Everybody's own written choice: yes, not yet or no. It can be changed at any moment."""

from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.talks.actions.holding import stop_talk
from kring.talks.actions.keeping import change
from kring.talks.models import Talk
from kring.talks.rules import Choice, Paper


def choose(actor: Actor, talk: Talk, key: str, *, choice: Choice) -> Talk:
    """Choose for oneself. Anything but yes while the talk goes on stops it for everybody."""
    require(actor, "talks.choose", talk)
    chair = talk.chair_of(actor)
    if chair is None or choice is Choice.OPEN:
        raise NotThere
    _write(talk, key, chair.number, choice, by="screen")
    if talk.is_open and choice is not Choice.YES:
        stop_talk(talk)
    return talk


def choose_on_paper(actor: Actor, talk: Talk, key: str, *, number: int, choice: Choice) -> Talk:
    """The facilitator enters what a guest chose on paper. A colleague always chooses on their own
    screen; and nobody's own choice on a screen is overwritten with a yes.
    """
    require(actor, "talks.lead", talk)
    chair = talk.paper.chair(number)
    if chair is None or not chair.code:
        raise NotThere
    own = chair.choice_by == "screen" and chair.choice in (Choice.NO, Choice.NOT_YET)
    if own and choice is Choice.YES:
        raise Refused(_("They chose this themselves on a screen. They can change it there."))
    _write(talk, key, number, choice, by="paper")
    if talk.is_open and choice is not Choice.YES:
        stop_talk(talk)
    return talk


def _write(talk: Talk, key: str, number: int, choice: Choice, *, by: str) -> None:
    def work(paper: Paper) -> Paper:
        chair = paper.chair(number)
        if chair is None:
            raise NotThere
        said = {"choice": choice, "choice_on": clock.now().date(), "choice_by": by}
        return paper.with_chair(chair.model_copy(update=said))

    change(talk, f"choose {number} {choice}", key, work)
