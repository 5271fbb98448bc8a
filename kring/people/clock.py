"""What happens with people when time passes."""

from datetime import datetime, timedelta

from kring.base import scope
from kring.base.clock import on_tick
from kring.people.actions import staff
from kring.people.models import Invitation, StaffFile
from kring.people.post import duties

__all__ = ["duties", "old_invitations", "staff_files"]  # the post has its duties beside it

AFTER = timedelta(days=30)


@on_tick("people.staff_files")
def staff_files(now: datetime) -> int:
    """Go on with confirmed files whose worker is gone; empty those nobody confirmed."""
    waiting = StaffFile.objects.filter(state=StaffFile.State.CONFIRMED)
    free = waiting.filter(lease_until=None) | waiting.filter(lease_until__lt=now)
    done = staff.tidy(now)
    for pk, organisation in free.order_by("pk").values_list("pk", "organisation_id"):
        with scope.inside(organisation):
            done += staff.work_on(pk)
    return done


@on_tick("people.invitations")
def old_invitations(now: datetime) -> int:
    """Thirty days after its end nothing of an invitation is left."""
    old = Invitation.objects.filter(expires_at__lt=now - AFTER)
    return old.delete()[0] if old.exists() else 0  # look first: a delete takes the write lock
