"""Looking back together: agreements that came back on the table before the meeting begins."""

from django.db import transaction
from django.db.models import F

from kring.agreements import actions as agreements
from kring.agreements.models import Agreement, Sign
from kring.agreements.rules import Status
from kring.base import wake
from kring.base.policy import Actor, NotThere, require
from kring.meetings.models import Meeting


def look_back(
    actor: Actor, meeting: Meeting, *, agreement: int, status: str, noticed: str = ""
) -> Sign:
    """One word, and perhaps a sentence, about an open agreement of the team.

    ``status``: ``running`` or ``not_yet``. Stopping or changing one is done on its own page.
    Whoever may say how it goes outside a meeting may do it here; nobody else.
    """
    require(actor, "meetings.moderate", meeting)
    if status not in (Status.RUNNING, Status.NOT_YET):
        raise NotThere
    found = Agreement.objects.open_for_team(meeting.team_id).filter(pk=agreement).first()
    if found is None:
        raise NotThere
    with transaction.atomic():
        made = agreements.check_in(actor, found, status=status, noticed=noticed)
        _changed(meeting)
    return made


def undo_look_back(actor: Actor, meeting: Meeting, *, sign: int) -> None:
    """Take the word back, as long as it was the last thing that happened (a quarter of an hour)."""
    require(actor, "meetings.moderate", meeting)
    open_ones = Agreement.objects.open_for_team(meeting.team_id)
    found = Sign.objects.filter(pk=sign, agreement__in=open_ones).first()
    if found is None:
        raise NotThere
    with transaction.atomic():
        agreements.undo(actor, found)
        _changed(meeting)


def _changed(meeting: Meeting) -> None:
    """Every process draws its screens anew."""
    Meeting.objects.filter(pk=meeting.pk).update(version=F("version") + 1)
    wake.ring_after_commit(f"meeting:{meeting.pk}")
