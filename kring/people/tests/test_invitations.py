"""An invitation: bound to organisation, person and address; accepted by a button, once."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from kring.base import clock, scope
from kring.base.policy import Refused
from kring.people.actions.invitations import LIFE, invite_person, withdraw_invitation
from kring.people.models import Account, Invitation, Letter, Membership, Person, TrailEntry
from tests.cast import PASSWORD, House, log_in

NEW = "een-lange-zin-over-bomen"


@pytest.fixture(autouse=True)
def _no_limits_left_over() -> None:
    cache.clear()


@pytest.fixture
def newcomer(linde: House) -> Person:
    person = Person(name="Lot Nieuw", email="Lot@linde.example", starts_on="2026-01-01")
    person.save()
    Membership(person=person, team=linde.teams["vuurtoren"], starts_on="2026-01-01").save()
    return person


def link_in(letter: Letter) -> str:
    found = re.search(r"https?://[^/]+(/start/invitation/\S+)", letter.body)
    assert found is not None
    return found[1]


def test_looking_changes_nothing_and_the_button_makes_an_account(
    linde: House, newcomer: Person
) -> None:
    invitation = invite_person(linde.actor("ali"), newcomer)
    link = link_in(Letter.objects.get())
    browser = Client()
    for _ in range(2):
        assert browser.get(link).status_code == 200
    assert (Account.objects.filter(email="lot@linde.example").count(), newcomer.account_id) == (
        0,
        None,
    )
    sent = browser.post(link, {"way": "password", "password": NEW})
    assert sent.url == "/linde/welcome/"
    assert browser.get("/linde/").context["actor"].person == newcomer.pk
    newcomer.refresh_from_db()
    invitation.refresh_from_db()
    assert newcomer.account is not None
    assert (newcomer.account.email, newcomer.account.check_password(NEW)) == (
        "lot@linde.example",
        True,
    )
    assert invitation.accepted_at is not None
    assert Client().get(link).status_code == 404
    assert NEW not in Letter.objects.get().body
    verbs = TrailEntry.objects.filter(organisation=linde.organisation).values_list(
        "verb", flat=True
    )
    assert list(verbs) == ["invitation.sent", "invitation.accepted"]


def test_a_weak_password_is_refused_in_plain_words(linde: House, newcomer: Person) -> None:
    invite_person(linde.actor("ali"), newcomer)
    answer = Client().post(link_in(Letter.objects.get()), {"way": "password", "password": "kort"})
    assert list(answer.context["form"].errors) == ["password"]
    assert Account.objects.filter(email="lot@linde.example").exists() is False


def test_with_a_passkey_no_password_is_needed(linde: House, newcomer: Person) -> None:
    invite_person(linde.actor("ali"), newcomer)
    browser = Client()
    answer = browser.post(link_in(Letter.objects.get()), {"way": "passkey"})
    assert answer.url == "/account/2fa/webauthn/add/"
    assert Account.objects.get(email="lot@linde.example").has_usable_password() is False
    assert browser.get(answer.url).status_code == 200


def test_who_has_an_account_logs_in_to_accept(linde: House, newcomer: Person) -> None:
    account = Account.objects.create_user("lot@linde.example", PASSWORD)
    invite_person(linde.actor("ali"), newcomer)
    link = link_in(Letter.objects.get())
    Client().post(link, {"way": "password", "password": NEW})
    newcomer.refresh_from_db()
    assert newcomer.account_id is None
    log_in(Client(), linde.account("daan")).post(link, {})
    newcomer.refresh_from_db()
    assert newcomer.account_id is None
    assert log_in(Client(), account).post(link, {}).url == "/linde/welcome/"
    newcomer.refresh_from_db()
    account.refresh_from_db()
    assert (newcomer.account_id, account.check_password(PASSWORD)) == (account.pk, True)


@pytest.mark.parametrize("ending", ["withdrawn", "expired", "sent again", "moved mail", "ended"])
def test_ways_in_which_it_stops_working(
    linde: House, newcomer: Person, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    invitation = invite_person(linde.actor("ali"), newcomer)
    link = link_in(Letter.objects.get())
    if ending == "withdrawn":
        withdraw_invitation(linde.actor("ali"), invitation)
    elif ending == "expired":
        Invitation.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    elif ending == "sent again":
        invite_person(linde.actor("ali"), newcomer)
        assert Client().get(link_in(Letter.objects.latest("pk"))).status_code == 200
    elif ending == "moved mail":
        Person.objects.filter(pk=newcomer.pk).update(email="ander@linde.example")
    else:
        Person.objects.filter(pk=newcomer.pk).update(ends_on=clock.now().date() - timedelta(days=1))
    gone = Client().post(link, {"way": "password", "password": NEW})
    unknown = Client().get("/start/invitation/bestaat-niet/")
    assert (gone.status_code, unknown.status_code) == (404, 404)
    assert Account.objects.filter(email="lot@linde.example").exists() is False


def test_it_lives_for_fourteen_days(linde: House, newcomer: Person) -> None:
    invitation = invite_person(linde.actor("ali"), newcomer)
    assert (invitation.expires_at - invitation.made_at, LIFE.days) == (LIFE, 14)


def test_the_key_is_nowhere_but_in_the_letter(linde: House, newcomer: Person) -> None:
    invitation = invite_person(linde.actor("ali"), newcomer)
    key = link_in(Letter.objects.get()).split("/")[-2]
    assert key not in str([Invitation.objects.values().get(), invitation.key_digest])


@pytest.mark.parametrize(
    ("who", "may"),
    [("ali", True), ("joke", True), ("bram", False), ("noor", False), ("petra", False)],
)
def test_who_may_invite_a_member_of_a_team(
    linde: House, newcomer: Person, who: str, may: bool
) -> None:
    if may:
        assert invite_person(linde.actor(who), newcomer).email == "lot@linde.example"
        return
    with pytest.raises(Refused):
        invite_person(linde.actor(who), newcomer)
    assert Letter.objects.count() == 0


def test_the_letter_says_the_same_whether_or_not_there_is_an_account(
    linde: House, newcomer: Person
) -> None:
    invite_person(linde.actor("ali"), newcomer)
    Account.objects.create_user("lot@linde.example", PASSWORD)
    with scope.inside(linde.organisation.pk):
        invite_person(linde.actor("ali"), newcomer)
    first, second = (re.sub(r"/start/invitation/\S+", "", one.body) for one in Letter.objects.all())
    assert first == second
