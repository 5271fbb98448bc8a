"""The operator founds an organisation; its first administrator comes in with the letter."""

import re

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client

from kring.base import scope
from kring.people.models import Layer, Organisation
from tests.cast import Cast


def test_from_nothing_to_the_first_administrator(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cache.clear()
    call_command("organisation", "nieuw", "Het Nieuwe Huis", administrator="An@nieuw.example")
    link = re.search(r"(/start/invitation/\S+)", capsys.readouterr().out)
    assert link is not None
    made = Organisation.objects.get(slug="nieuw")
    with scope.inside(made.pk):
        assert Layer.objects.count() == 6
    browser = Client()
    browser.post(link[1], {"way": "password", "password": "een-lange-zin-over-huizen"})
    asked = browser.get("/nieuw/administration/")
    assert asked.url == "/start/second-step/?next=%2Fnieuw%2Fadministration%2F"


@pytest.mark.parametrize(
    ("slug", "mail"), [("linde", "a@b.nl"), ("account", "a@b.nl"), ("a b", "a@b.nl"), ("x", "x")]
)
def test_a_wrong_word_or_address_founds_nothing(cast: Cast, slug: str, mail: str) -> None:
    before = Organisation.objects.count()
    with pytest.raises(CommandError):
        call_command("organisation", slug, "Naam", administrator=mail)
    assert Organisation.objects.count() == before
