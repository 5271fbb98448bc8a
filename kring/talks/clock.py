"""What time does to talks: an abandoned one stops, what is over is shredded."""

import logging
from datetime import datetime, timedelta

from kring.base import scope
from kring.base.clock import on_tick
from kring.meetings.models import Stage
from kring.talks.actions.after import last_moment
from kring.talks.actions.holding import hard_stop
from kring.talks.actions.keeping import erase
from kring.talks.models import Talk
from kring.talks.rules import only_parties

log = logging.getLogger("kring.talks")
AT_ONCE = 100
AGAIN = timedelta(minutes=10)


@on_tick("talks.due")
def due(now: datetime) -> int:
    """Stop, strip or shred what is due."""
    done = 0
    for talk in list(Talk.objects.filter(due_at__lte=now).order_by("due_at")[:AT_ONCE]):
        with scope.inside(talk.organisation_id):
            done += _looked_at(talk, now)
    return done


def _looked_at(talk: Talk, now: datetime) -> int:
    """One talk that cannot be looked at keeps no other from stopping."""
    try:
        return int(hard_stop(talk, now)) if talk.state == Stage.OPEN else _over(talk, now)
    except Exception:
        log.exception("A talk could not be looked at; tried again in ten minutes.")
        Talk.objects.filter(pk=talk.pk, due_at__lte=now).update(due_at=now + AGAIN)
        return 0


def _over(talk: Talk, now: datetime) -> int:
    """Never held, or a month ago: shredded, unless agreements have a later last day."""
    paper = talk.paper
    if not paper.agreements or paper.ends_on is None or last_moment(paper) <= now:
        erase(talk)
        return 1
    kept = only_parties(paper)
    talk.seal(kept)
    moved = Talk.objects.filter(pk=talk.pk, version=talk.version).update(
        box=talk.box, key=talk.key, version=talk.version + 1, due_at=last_moment(paper)
    )
    talk.plates.exclude(number__in=[chair.number for chair in kept.chairs]).delete()
    return int(bool(moved))
