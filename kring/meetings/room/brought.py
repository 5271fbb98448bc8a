"""Open agreements of the team, on the table before the first phase.

Screens in a room are seen by the whole circle. So they show agreements only while everybody who has
a chair may read them: people of the team and its facilitators. A guest sits down, and they are gone.
Agreements between parties are never among them (``Agreement.objects.open_for_team``).
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.utils.timezone import localtime

from kring.agreements.models import Agreement, Sign
from kring.agreements.rules import Kind
from kring.base import clock
from kring.meetings.models import Meeting, SeatState
from kring.people.actors import running
from kring.people.models import Membership, RoleGrant

Bring = Callable[[Meeting], list[dict[str, Any]]]
_bringers: dict[str, Bring] = {}


def bring(name: str) -> Callable[[Bring], Bring]:
    """Register what else lies on the table: a higher feature answers things as plain values.

    Each thing names the template that draws it (``part``); it is drawn on screens the whole circle
    sees, so the feature answers only what everybody with a chair may read. It is asked whenever a
    room is drawn anew: one query when there is nothing.
    """

    def register(work: Bring) -> Bring:
        _bringers[name] = work
        return work

    return register


def table(meeting: Meeting, stage: str) -> dict[str, list[dict[str, Any]]]:
    """All that lies on the table: open agreements before the first phase, other things until it closes."""
    return {
        "brought": agreements(meeting) if stage == "waiting" else [],
        "things": things(meeting) if stage != "closed" else [],
    }


def things(meeting: Meeting) -> list[dict[str, Any]]:
    """What other features bring to the table of this meeting."""
    return [thing for name in sorted(_bringers) for thing in _bringers[name](meeting)]


def agreements(meeting: Meeting) -> list[dict[str, Any]]:
    """Rung bells first: ``id what how rung sign status``; ``sign`` and ``status`` once looked back today.

    Five queries at most, whatever the number of people and agreements.
    """
    open_ones = list(Agreement.objects.open_for_team(meeting.team_id))
    if not open_ones or not _only_the_team(meeting):
        return []
    midnight = localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Sign.objects.filter(agreement__in=open_ones, undone_at__isnull=True, at__gte=midnight)
    last = {sign.agreement_id: sign for sign in today.order_by("at", "id")}
    return [_line(one, last.get(one.pk)) for one in open_ones]


def _line(one: Agreement, sign: Sign | None) -> dict[str, Any]:
    looked = sign if sign is not None and sign.kind == Kind.LOOKED_BACK else None
    return {
        "id": one.pk,
        "what": one.what,
        "how": one.how_noticed,
        "rung": one.is_rung,
        "sign": looked.pk if looked else None,
        "status": looked.status if looked else "",
    }


def _only_the_team(meeting: Meeting) -> bool:
    people = list(
        meeting.seats.exclude(state=SeatState.WITHDRAWN).values_list("person_id", flat=True)
    )
    if None in people:
        return False
    today = clock.now().date()
    team = Membership.objects.filter(running(today), team=meeting.team, person__in=people)
    readers = set(team.values_list("person_id", flat=True))
    others = set(people) - readers
    if others:
        guides = RoleGrant.objects.filter(person__in=others, role="facilitator").filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        )
        for person, unit, team_path in guides.values_list("person_id", "unit__path", "team__path"):
            if meeting.team.path.startswith(unit or team_path or ""):
                others.discard(person)
    return not others
