"""Planning a meeting, changing the plan, opening the room."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from kring.base import clock, wake
from kring.base.policy import Actor, Refused, require
from kring.meetings.actions.modes import ABANDONED, changed_by, due_first, fields_for
from kring.meetings.actions.trained import lead_is_trained
from kring.meetings.models import Meeting, Mode, Seat, SeatState, Stage
from kring.meetings.models.meeting import Existence
from kring.meetings.rules.days import USUAL_DAYS
from kring.methods.format.shapes import Protocol
from kring.people import trail
from kring.people.actors import running
from kring.people.models import Membership, Person, Team

LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
"""No I, L or O: read aloud or from a poor screen they are mistaken for 1 and 0."""
CHANGEABLE = frozenset(
    {"title", "about", "starts_at", "minutes", "place", "mode", "existence_visible_to", "each"}
)
MOST_SEATS = 2_500


class Stale(Refused):
    """Somebody else changed the plan meanwhile; look again, then decide."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is needed to plan a meeting. ``people``: who is invited, with planned roles.

    ``each``: over days, how many days every part is open. Without anybody with the role ``moderator`` whoever plans it moderates.
    """

    team: Team
    protocol: Protocol
    starts_at: datetime
    title: str = ""
    about: str = ""
    minutes: int = 0
    place: str = ""
    mode: str = Mode.PHONES
    each: int = USUAL_DAYS
    existence_visible_to: str = ""
    people: tuple[tuple[Person, tuple[str, ...]], ...] = ()
    guests: tuple[tuple[str, tuple[str, ...]], ...] = ()


def new_code() -> str:
    """Six letters that are not easily confused, about 148 million of them."""
    return "".join(secrets.choice(LETTERS) for _letter in range(6))


def fingerprint(protocol: dict[str, Any]) -> str:
    """SHA-256 of the frozen copy."""
    words = json.dumps(protocol, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(words.encode()).hexdigest()


def plan_meeting(actor: Actor, plan: Plan) -> Meeting:
    """Plan a meeting from a protocol, with the people invited."""
    require(actor, "meetings.plan", plan.team)
    if plan.protocol.quiet:
        raise Refused(_("A facilitator who is trained for it prepares this talk, with each apart."))
    if plan.minutes < 0 or plan.minutes > 24 * 60:
        raise Refused(_("A meeting lasts at most a day."))
    with transaction.atomic():
        meeting = _with_code(_row(actor, plan))
        people = dict.fromkeys((person for person, _roles in plan.people), ())
        roles = {person.pk: tuple(given) for person, given in plan.people}
        _invite_all(meeting, plan, people.keys(), roles, actor)
        trail.note(actor, "meeting.planned", f"meeting {meeting.pk}")
    return meeting


def _row(actor: Actor, plan: Plan) -> Meeting:
    frozen = plan.protocol.model_dump(mode="json")
    return Meeting(
        team=plan.team,
        protocol=frozen,
        protocol_id=plan.protocol.id,
        protocol_version=plan.protocol.version,
        protocol_hash=fingerprint(frozen),
        title=(plan.title or plan.protocol.title.say("nl"))[:160],
        about=plan.about[:300],
        starts_at=plan.starts_at,
        minutes=plan.minutes or plan.protocol.minutes.normal,
        place=plan.place[:160],
        existence_visible_to=plan.existence_visible_to or plan.protocol.existence_visible_to,
        planned_by_id=actor.person,
        **fields_for(plan.protocol, plan.mode, plan.starts_at, plan.each),
    )


def _with_code(meeting: Meeting) -> Meeting:
    """Save with a fresh code; another meeting may just have taken it."""
    for _attempt in range(20):
        meeting.code = new_code()
        try:
            with transaction.atomic():
                meeting.save()
        except IntegrityError:
            continue
        return meeting
    raise RuntimeError("No free code was found in twenty tries.")


def _invite_all(
    meeting: Meeting,
    plan: Plan,
    people: Any,
    roles: dict[int, tuple[str, ...]],
    actor: Actor,
) -> None:
    led = any("moderator" in given for given in roles.values())
    everybody = list(people)
    if not led and actor.person is not None:
        if actor.person not in roles:
            everybody.insert(0, Person.objects.get(pk=actor.person))
        roles[actor.person] = ("moderator", *roles.get(actor.person, ()))
    leads = [one for one, given in roles.items() if "moderator" in given]
    if any("moderator" in given for _guest, given in plan.guests) or not leads:
        lead_is_trained(actor, meeting, None)
    lead_is_trained(actor, meeting, *leads)
    if len(everybody) + len(plan.guests) > MOST_SEATS:
        raise Refused(_("More people than fit in one meeting."))
    for person, is_manager in zip(everybody, managers(meeting.team, everybody), strict=True):
        add_seat(meeting, person=person, roles=roles.get(person.pk, ()), is_manager=is_manager)
    for name, given in plan.guests:
        add_seat(meeting, name=name, roles=given)


def managers(team: Team, people: list[Person]) -> list[bool]:
    """For each person whether they manage this team or sit above it. Two queries."""
    ids = [person.pk for person in people]
    today = clock.now().date()
    leads = set(
        Membership.objects.filter(
            running(today), team=team, person__in=ids, is_manager=True
        ).values_list("person_id", flat=True)
    )
    from kring.people.models import RoleGrant

    above = RoleGrant.objects.filter(person__in=ids, role__in=["manager", "board"])
    for person, role, unit_path, team_path in above.values_list(
        "person_id", "role", "unit__path", "team__path"
    ):
        if role == "board" or team.path.startswith(unit_path or team_path or ""):
            leads.add(person)
    return [person.pk in leads for person in people]


def add_seat(
    meeting: Meeting,
    *,
    person: Person | None = None,
    name: str = "",
    roles: tuple[str, ...] = (),
    is_manager: bool = False,
) -> Seat:
    """One more chair. Refuses a manager where the protocol does, and roles that do not exist."""
    script = meeting.script
    if is_manager and not script.manager_may_join:
        raise Refused(_("This conversation is held without the manager."))
    known = {role.id for role in script.roles} | {"moderator", "scribe", "participant"}
    if not set(roles) <= known:
        raise Refused(_("This role does not exist in this way of working."))
    # Marks that turn the direction of writing would turn the words of the page around it too.
    label = person.name if person else "".join(one for one in name if one.isprintable())
    label = label.strip()[:120]
    if not label:
        raise Refused(_("Give a name."))
    last = meeting.seats.order_by("place").last()
    seat = Seat(
        meeting=meeting,
        person=person,
        name=label,
        place=last.place + 1 if last else 1,
        roles=[role for role in dict.fromkeys(roles) if role != "participant"],
        is_manager=is_manager,
        state=SeatState.INVITED,
    )
    seat.save()
    return seat


def start_now(actor: Actor, plan: Plan) -> Meeting:
    """Plan a meeting for this moment and open the room."""
    meeting = plan_meeting(actor, plan)
    if meeting.mode in (Mode.PAPER, Mode.DAYS):
        return meeting  # paper has no room; over days the clock opens it, at once if it is time
    return open_meeting(actor, meeting)


def open_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Open the room: people can come in. Opening twice is opening once."""
    require(actor, "meetings.change", meeting)
    if meeting.mode == Mode.DAYS and meeting.state == Stage.PLANNED:
        raise Refused(_("This talk opens by itself on its first day."))
    if meeting.mode == Mode.PAPER and meeting.state == Stage.PLANNED:
        raise Refused(
            _("This talk is held on paper. Afterwards you enter what the circle let out.")
        )
    with transaction.atomic():
        opened = _open(meeting)
        if opened:
            trail.note(actor, "meeting.opened", f"meeting {meeting.pk}")
    return meeting


def _open(meeting: Meeting) -> bool:
    now = clock.now()
    opened = Meeting.objects.filter(pk=meeting.pk, state=Stage.PLANNED).update(
        state=Stage.OPEN, opened_at=now, due_at=now + ABANDONED, version=meeting.version + 1
    )
    meeting.refresh_from_db()
    return bool(opened)


def change_meeting(actor: Actor, meeting: Meeting, *, version: int, **changed: Any) -> Meeting:
    """Change the plan. ``version``: the one the person looked at; :class:`Stale` when it moved."""
    require(actor, "meetings.change", meeting)
    unknown = set(changed) - CHANGEABLE
    if unknown:
        raise ValueError(f"Not changeable: {sorted(unknown)}")
    if changed.get("existence_visible_to", Existence.TEAM) not in Existence.values:
        raise Refused(_("Choose who may know of this meeting."))
    changed = changed_by(meeting, changed)
    with transaction.atomic():
        moved = Meeting.objects.filter(pk=meeting.pk, version=version).update(
            **changed, version=version + 1
        )
        if not moved:
            raise Stale(_("Somebody just changed this meeting. Look again what it says now."))
        trail.note(actor, "meeting.changed", f"meeting {meeting.pk}")
        wake.ring_after_commit(f"meeting:{meeting.pk}")
    meeting.refresh_from_db()
    return meeting


def cancel_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Call it off before it opened. The code stops working."""
    require(actor, "meetings.change", meeting)
    if meeting.state != Stage.PLANNED:
        raise Refused(_("This meeting has begun. Close it instead."))
    with transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk, state=Stage.PLANNED).update(
            state=Stage.CANCELLED, code="", due_at=None, version=meeting.version + 1
        )
        trail.note(actor, "meeting.cancelled", f"meeting {meeting.pk}")
    meeting.refresh_from_db()
    return meeting


def bring_back_meeting(actor: Actor, meeting: Meeting) -> Meeting:
    """Undo a cancellation, with a fresh code."""
    if meeting.state != Stage.CANCELLED:
        raise Refused(_("This meeting was not called off."))
    meeting.state = Stage.PLANNED
    require(actor, "meetings.change", meeting)
    with transaction.atomic():
        meeting.due_at = due_first(meeting.mode, meeting.starts_at)
        meeting.version += 1
        _with_code(meeting)
        trail.note(actor, "meeting.brought_back", f"meeting {meeting.pk}")
    return meeting
