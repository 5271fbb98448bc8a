"""What happens with people when time passes."""

from datetime import datetime, timedelta

from kring.base import scope
from kring.base.clock import on_tick
from kring.people.actions import staff
from kring.people.models import Invitation, StaffFile

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
    gone, _ = Invitation.objects.filter(expires_at__lt=now - AFTER).delete()
    return gone
