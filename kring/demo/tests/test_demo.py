"""The demo is made once, through the rules everybody else follows."""

from collections import Counter

import pytest
from django.core.management import CommandError, call_command

from kring.agreements.models import Agreement
from kring.base import scope
from kring.meetings.models import Meeting
from kring.people.models import DemoFace, Organisation, Person, Team
from kring.series.models import Series
from kring.series.table import prototypes
from kring.stories.models import Story


@pytest.mark.django_db(transaction=True)
def test_a_demo_feels_like_an_organisation() -> None:
    call_command("demo", verbosity=0)
    with scope.everywhere("the test looks at all three"):
        states = Counter(Meeting.objects.values_list("state", flat=True))
        counts = {
            "organisations": Organisation.objects.count(),
            "teams of De Linde": Team.objects.filter(organisation__slug="linde").count(),
            "faces": DemoFace.objects.count(),
            "running meetings": states["open"],
        }
        assert counts == {
            "organisations": 3,
            "teams of De Linde": 41,
            "faces": 11,
            "running meetings": 2,
        }
        assert Person.objects.filter(organisation__slug="linde").count() >= 400
        assert states["closed"] >= 15
        assert Agreement.objects.filter(rung_at__isnull=False).exists()
        series = Counter(Series.objects.values_list("state", flat=True))
        assert series == {"running": 3, "stopped": 1}
        trial = Series.objects.get(method="werken_vanuit_de_bedoeling/breakthrough")
        assert (trial.held, trial.lines.count(), prototypes(trial)[0].status) == (4, 3, "trying")
        waits = Story.objects.waiting().filter(kind="signal")
        assert [story.replies.count() for story in waits] == [1, 0]
        before = Person.objects.count()
        call_command("demo", verbosity=0)
        assert Person.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_demo_never_mixes_with_a_real_organisation() -> None:
    Organisation.objects.create(slug="echt", name="Echt")
    with pytest.raises(CommandError):
        call_command("demo", verbosity=0)
    assert list(Organisation.objects.values_list("slug", flat=True)) == ["echt"]
