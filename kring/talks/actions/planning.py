"""Planning a talk: who, when, and who leads it. Nobody is asked for a reason or a cause."""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kring.base import clock
from kring.base.policy import Actor, NotThere, Refused, require
from kring.meetings.actions.plan import LETTERS, fingerprint
from kring.meetings.models import Stage
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped
from kring.people.models import Organisation, Person
from kring.people.post import notices
from kring.talks import facts
from kring.talks.actions.keeping import change, erase
from kring.talks.models import LOWEST, Plate, Talk, number_for, who_by_code, who_is
from kring.talks.rules import Chair, Paper, missing, needs_choice
from kring.talks.rules.ending import NEVER_HELD
from kring.talks.words import WHY_NOT

CODE = 12
"""Letters on the paper of a guest: a code of one person, for one talk."""
MOST = 40


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody without an account: a client, a relative. They get a paper code."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the facilitator fills in. ``people``: colleagues with their role.

    ``beside``: name of a support person (as invited) to the name of whom they sit next to.
    """

    protocol: Protocol
    starts_at: datetime
    minutes: int = 0
    place: str = ""
    one_device: bool = False
    declared: bool = False
    people: tuple[tuple[Person, str], ...] = ()
    guests: tuple[Guest, ...] = ()
    after: int | None = None


def new_code() -> str:
    """Twelve letters that are not easily confused; about 2 to the 53rd of them."""
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE))


def plan_talk(actor: Actor, wish: Wish, key: str) -> Talk:
    """Plan a talk that this actor facilitates. The same ``key`` is the same talk."""
    require(actor, "talks.plan", wish.protocol)
    if not wish.protocol.quiet:
        raise NotThere
    number = number_for(f"{actor.organisation} {actor.me} {key[:80]}")
    made = Talk.objects.filter(pk=number).first()
    if made is not None:
        return made
    return _plan(actor, wish, number)


def _plan(actor: Actor, wish: Wish, number: int) -> Talk:
    chairs = _chairs(actor, wish)
    _check_leader(actor, wish, chairs)
    frozen = wish.protocol.model_dump(mode="json")
    paper = Paper(
        protocol=frozen,
        protocol_hash=fingerprint(frozen),
        starts_at=wish.starts_at,
        minutes=wish.minutes or wish.protocol.minutes.normal,
        place=wish.place[:160],
        one_device=wish.one_device,
        chairs=chairs,
        declared=(1,),
        after=wish.after,
    )
    wrong = [one for one in missing(paper, wish.protocol) if one.code.startswith("role_exc")]
    if wrong:
        raise Refused(_("One person cannot have these two places in one talk."))
    talk = Talk(pk=number, organisation_id=actor.organisation or 0)
    talk.due_at = wish.starts_at + NEVER_HELD
    talk.seal(paper)
    try:
        with transaction.atomic():
            talk.save(force_insert=True)
            hang_plates(talk, chairs)
            _invite(talk, [one for one in chairs if not one.leads])
    except IntegrityError:
        return Talk.objects.get(pk=number)  # the same command, twice at once
    return talk


def _chairs(actor: Actor, wish: Wish) -> tuple[Chair, ...]:
    roles = {role.id for role in wish.protocol.roles}
    asked = {role for _person, role in wish.people} | {guest.role for guest in wish.guests}
    if not asked <= roles:
        raise Refused(_("This role does not exist in this way of working."))
    if len(wish.people) + len(wish.guests) >= MOST:
        raise Refused(_("More people than fit in one talk."))
    found = [Chair(number=1, name=actor.name, person=actor.me, roles=("moderator",))]
    for person, role in wish.people:
        if person.organisation_id != actor.organisation:
            raise NotThere
        found.append(_chair(len(found) + 1, role, name=person.name, person=person.pk))
    for guest in wish.guests:
        found.append(_chair(len(found) + 1, guest.role, name=_clean(guest.name), code=new_code()))
    if len({chair.person for chair in found if chair.person}) < len(wish.people) + 1:
        raise Refused(WHY_NOT["is_party"])
    return tuple(found)


def _chair(
    number: int, role: str, *, name: str, person: int | None = None, code: str = ""
) -> Chair:
    return Chair(number=number, name=name, person=person, code=code, roles=(role,))


def _clean(name: str) -> str:
    called = "".join(letter for letter in name if letter.isprintable()).strip()[:60]
    if not called:
        raise Refused(_("Give a name."))
    return called


def _check_leader(actor: Actor, wish: Wish, chairs: Iterable[Chair]) -> None:
    others = [chair.person for chair in chairs if chair.person and not chair.leads]
    why = facts.why_not(actor, wish.protocol, others, declared=wish.declared)
    if why:
        raise Refused(WHY_NOT[why])
    without_manager(wish.protocol, others)


def without_manager(script: Protocol, others: Sequence[int | None]) -> None:
    """Refuse when one of these persons (ids) leads another, in a talk held without the manager."""
    if not script.manager_may_join and facts.any_line(others):
        raise Refused(
            _("One of them leads another. Such a talk is held without the manager; choose another.")
        )


def hang_plates(talk: Talk, chairs: Iterable[Chair]) -> None:
    """Let each of these chairs be found by its own person or paper code, and by nobody else."""
    span = 2**53 - LOWEST
    Plate.objects.bulk_create(
        Plate(
            id=LOWEST + secrets.randbelow(span),
            organisation_id=talk.organisation_id,
            talk=talk,
            number=chair.number,
            who=who_is(talk.organisation_id, chair.person)
            if chair.person
            else who_by_code(chair.code),
        )
        for chair in chairs
    )


def _invite(talk: Talk, chairs: Iterable[Chair]) -> None:
    """A neutral word to colleagues; guests get a paper from the facilitator's hand."""
    people = Person.objects.filter(pk__in=[chair.person for chair in chairs if chair.person])
    slug = Organisation.objects.values_list("slug", flat=True).get(pk=talk.organisation_id)
    notices.tell(
        list(people.select_related("organisation", "account")),
        kind=notices.WAITS,
        about="",
        page=reverse("home", args=[slug]),
        cause=f"invitation {secrets.token_hex(12)}",
        at=clock.now(),
    )


def declare(actor: Actor, talk: Talk, key: str) -> Talk:
    """A second facilitator says to have no interest; what can be checked is checked again."""
    require(actor, "talks.lead", talk)
    chair = talk.chair_of(actor)
    assert chair is not None  # the rule just said so
    _still_free(actor, talk, declared=True)
    return change(
        talk,
        f"declare {chair.number}",
        key,
        lambda paper: paper.model_copy(
            update={"declared": tuple(sorted({*paper.declared, chair.number}))}
        ),
    )


def _still_free(actor: Actor, talk: Talk, *, declared: bool) -> None:
    others = [chair.person for chair in talk.paper.others if chair.person]
    why = facts.why_not(actor, talk.script, others, declared=declared)
    if why:
        raise Refused(WHY_NOT[why])


def invite(
    actor: Actor, talk: Talk, key: str, *, person: Person | None = None, name: str = "", role: str
) -> Talk:
    """One more person, before the talk began: a colleague, a guest or a second facilitator."""
    require(actor, "talks.lead", talk)
    _before(talk)
    if role not in {one.id for one in talk.script.roles} | {"moderator"}:
        raise Refused(_("This role does not exist in this way of working."))
    if role == "moderator":
        _check_second(talk, person)
    made: list[Chair] = []

    def work(paper: Paper) -> Paper:
        if len(paper.chairs) >= MOST:
            raise Refused(_("More people than fit in one talk."))
        if person is not None and paper.chair_of(person.pk) is not None:
            raise Refused(_("This person is in the talk already."))
        number = max(chair.number for chair in paper.chairs) + 1
        if person is not None:
            chair = _chair(number, role, name=person.name, person=person.pk)
        else:
            chair = _chair(number, role, name=_clean(name), code=new_code())
        made.append(chair)
        return paper.model_copy(update={"chairs": (*paper.chairs, chair)})

    with transaction.atomic():
        change(talk, "invite", key, work)
        for leader in talk.paper.leaders:
            _free_of(leader, talk)
        without_manager(talk.script, [chair.person for chair in talk.paper.others])
        hang_plates(talk, made)
        _invite(talk, made)
    return talk


def _check_second(talk: Talk, person: Person | None) -> None:
    if person is None:
        raise Refused(WHY_NOT["not_trained"])
    others = [chair.person for chair in talk.paper.others if chair.person]
    why = facts.why_not_person(person, talk.script, others)
    if why:
        raise Refused(WHY_NOT[why])


def _free_of(leader: Chair, talk: Talk) -> None:
    """Whoever leads has no line to whoever just came, either."""
    person = Person.objects.filter(pk=leader.person or 0).first()
    others = [chair.person for chair in talk.paper.others if chair.person]
    why = facts.why_not_person(person, talk.script, others) if person else "not_trained"
    if why:
        raise Refused(WHY_NOT[why])


def leave_out(actor: Actor, talk: Talk, key: str, *, number: int) -> Talk:
    """Somebody is not asked after all: their chair and their plate go."""
    require(actor, "talks.lead", talk)
    _before(talk)
    chair = talk.paper.chair(number)
    if chair is None or chair.person == actor.person:
        raise NotThere

    def work(paper: Paper) -> Paper:
        left = tuple(one for one in paper.chairs if one.number != number)
        return paper.model_copy(update={"chairs": left})

    with transaction.atomic():
        change(talk, f"leave out {number}", key, work)
        talk.plates.filter(number=number).delete()
    return talk


def move_talk(
    actor: Actor, talk: Talk, key: str, *, starts_at: datetime, minutes: int, place: str
) -> Talk:
    """Another day, time or place."""
    require(actor, "talks.lead", talk)
    _before(talk)
    moved = {"starts_at": starts_at, "minutes": minutes, "place": place[:160]}
    work: Callable[[Paper], Paper] = lambda paper: paper.model_copy(update=moved)  # noqa: E731  (one line)
    return change(talk, "move", key, work, due_at=starts_at + NEVER_HELD)


def call_off(actor: Actor, talk: Talk) -> None:
    """It does not go on: nothing of it stays, and nobody hears because of whom."""
    require(actor, "talks.lead", talk)
    _before(talk)
    erase(talk)


def plan_preparation(actor: Actor, talk: Talk, key: str, *, number: int) -> Talk:
    """The preparation talk (1.8) with one person, now; whoever sits beside them comes along."""
    require(actor, "talks.lead", talk)
    chair = talk.paper.chair(number)
    script = shipped().protocol("conference_preparation")
    if chair is None or chair.leads or script is None or not needs_choice(talk.script.id):
        raise NotThere
    number_made = number_for(f"prepare {talk.pk} {number} {key[:80]}")
    made = Talk.objects.filter(pk=number_made).first()
    if made is not None:
        return made
    me = talk.chair_of(actor)
    assert me is not None  # the rule just said so
    other = chair.model_copy(update={"number": 2, "roles": ("party",), "checks": {}, "wishes": ""})
    paper = Paper(
        protocol=script.model_dump(mode="json"),
        protocol_hash=fingerprint(script.model_dump(mode="json")),
        starts_at=clock.now(),
        minutes=script.minutes.normal,
        chairs=(me.model_copy(update={"number": 1}), other),
        declared=(1,),
        after=talk.pk,
        one_device=bool(chair.code),
    )
    small = Talk(pk=number_made, organisation_id=talk.organisation_id)
    small.due_at = clock.now() + NEVER_HELD
    small.seal(paper)
    with transaction.atomic():
        small.save(force_insert=True)
        hang_plates(small, paper.chairs)
    return small


def _before(talk: Talk) -> None:
    if talk.state != Stage.PLANNED:
        raise Refused(_("This talk has begun already."))
