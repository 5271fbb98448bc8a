"""Who may open which page about people."""

import re
from typing import Any

from kring.people.actions.address import ask_address
from kring.people.actions.invitations import invite_person
from kring.people.actions.places import add_team, add_unit
from kring.people.actions.staff import receive_staff_file
from kring.people.models import Account, Letter, Logo, Membership, Person, RoleGrant
from kring.people.tokens import make_token
from tests.cast import BEGIN, House
from tests.matrix import EVERYBODY, NOBODY, PEOPLE, STAFF, WITH_ACCOUNT, Row, only

ADMIN = only("administrator")
LINE = only("administrator", "leader", "region")  # who leads the team, and the line above it
ROOMS = [
    "administration", "new_person", "invitations", "settings", "own_words", "places", "staff_files",
    "staff_template",
]  # fmt: skip
ROOMS_WITH_A_FORM = ["new_person", "settings", "own_words", "new_part", "new_team", "staff_files"]
KEPT = [
    ("keep_person", "GET", "newcomer"), ("keep_person", "POST", "newcomer"),
    ("person_team", "POST", "newcomer"), ("person_role", "POST", "newcomer"),
    ("end_person", "POST", "newcomer"), ("bring_back", "POST", "newcomer"),
    ("invite", "POST", "newcomer"), ("withdraw", "POST", "invitation"),
    ("take_role", "POST", "grant"), ("person_leaves", "POST", "membership"),
    ("part", "GET", "empty_unit"), ("part", "POST", "empty_unit"),
    ("close_part", "POST", "empty_unit"), ("open_part", "POST", "empty_unit"),
    ("keep_team", "GET", "empty_team"), ("keep_team", "POST", "empty_team"),
    ("close_team", "POST", "empty_team"), ("open_team", "POST", "empty_team"),
    ("staff_file", "GET", "staff_file"), ("staff_progress", "GET", "staff_file"),
    ("confirm_staff_file", "POST", "staff_file"), ("put_aside", "POST", "staff_file"),
]  # fmt: skip
ROWS = [
    Row("home", own=PEOPLE),
    Row("welcome", own=PEOPLE),
    Row("start", own=WITH_ACCOUNT),
    Row("second_step", own=WITH_ACCOUNT),
    Row("demo", own=NOBODY),  # only where KRING_DEMO is set
    Row("demo", "POST", own=NOBODY),
    Row("address", own=NOBODY),  # only who typed the password just now (test_address)
    Row("address", "POST", own=NOBODY),
    Row("confirm_address", own=only("member"), use={"key": "address_key"}),
    Row("confirm_address", "POST", own=only("member"), use={"key": "address_key"}),
    Row("invitation", own=EVERYBODY),  # whoever has the key of the letter
    Row("invitation", "POST", own=EVERYBODY),
    Row("GET /api/v1/me", own=PEOPLE),
    Row("logo", own=PEOPLE, use={"digest": "logo"}),
    Row("bodies", own=only("privacy", "works_council", "client_council")),
    Row("people", own=PEOPLE),
    Row("person", own=PEOPLE, other=STAFF, use={"pk": "person"}),
    Row("teams", own=PEOPLE),
    Row("team", own=PEOPLE, other=STAFF, use={"pk": "team"}),
    Row("add_names", own=LINE, other=ADMIN, use={"pk": "team"}),
    Row("add_names", "POST", own=LINE, other=ADMIN, use={"pk": "team"}),
    Row("leave_team", "POST", own=LINE, other=ADMIN, use={"pk": "membership"}),
    Row("come_back", "POST", own=LINE, other=ADMIN, use={"pk": "membership"}),
    Row("me", own=PEOPLE),
    Row("me", "POST", own=PEOPLE),
    Row("known", own=PEOPLE),
    Row("known_file", own=PEOPLE),
    Row("forget", "POST", own=PEOPLE),
    Row("tokens", own=PEOPLE),
    Row("tokens", "POST", own=PEOPLE),
    Row("end_token", "POST", own=only("member"), other=NOBODY, use={"pk": "token"}),
    *(Row(name, own=ADMIN, other=ADMIN) for name in ROOMS),
    *(Row(name, "POST", own=ADMIN, other=ADMIN) for name in ROOMS_WITH_A_FORM),
    *(Row(name, method, own=ADMIN, other=ADMIN, use={"pk": thing}) for name, method, thing in KEPT),
]

# Each queryset with visible_to(actor), and the rule that must say the same.
SEES = {"people.Team": "people.see_team", "people.Person": "people.see_person"}


def furnish(house: House, place: str) -> dict[str, Any]:
    """A team, somebody in it, and the key of an invitation."""
    own = place == "own" or house.organisation.slug != "linde"
    team = house.teams.get("kern") or house.teams["vuurtoren" if own else "duinhuis"]
    slug = house.organisation.slug
    somebody = ("daan" if own else "fleur") if slug == "linde" else f"{slug}_lid"
    administrator = house.actor("ali" if slug == "linde" else f"{slug}_beheer")
    new = Person(name=f"Nieuw {place}", email=f"nieuw-{place}@{slug}.example", starts_on=BEGIN)
    new.save()
    invitation = invite_person(administrator, new)
    body = Letter.objects.get(person=new).body
    key = re.search(r"/start/invitation/([^/\s]+)/", body)
    assert key is not None
    grant = RoleGrant(person=new, role="facilitator", team=team)
    grant.save()
    unit = add_unit(administrator, name=f"Leeg {place}", parent=None)
    empty = add_team(administrator, name=f"Leeg {place}", unit=team.unit)
    content = f"Code;Naam\n9001;Uit {place}\n".encode()
    file = receive_staff_file(administrator, name=f"{place}.csv", content=content)
    membership = Membership.objects.get(person=house.people[somebody], ends_on=None)
    owner = somebody if slug != "linde" else "noor" if own else "fleur"
    token, _text = make_token(house.actor(owner), name=f"Sleutel {place}")
    house.organisation.logo_digest = f"kleur-{slug}"
    house.organisation.save()
    Logo.objects.get_or_create(defaults={"image": b"x"}, organisation=house.organisation)
    return {
        "logo": house.organisation.logo_digest,
        "token": token.pk,
        "team": team.pk,
        "person": house.people[somebody].pk,
        "key": key.group(1),
        "address_key": _address_key(house.account(owner)) if slug == "linde" else "none",
        "newcomer": new.pk,
        "invitation": invitation.pk,
        "grant": grant.pk,
        "empty_unit": unit.pk,
        "empty_team": empty.pk,
        "staff_file": file.pk,
        "membership": membership.pk,
    }


def _address_key(account: Account) -> str:
    """The link to another mail address, as the letter has it."""
    new = f"nieuw-{account.email}"
    ask_address(account, new)
    found = re.search(r"/start/address/([^/\s]+)/", Letter.objects.get(to_email=new).body)
    assert found is not None
    return found.group(1)
