"""A repeat is the same command, and the trail shows a missing line."""

from kring.people.models import TrailEntry
from kring.people.receipts import once
from kring.people.trail import broken_at, note
from tests.cast import House


def test_a_repeat_returns_the_first_answer_and_does_nothing(linde: House) -> None:
    done: list[int] = []

    def work() -> dict[str, int]:
        done.append(1)
        return {"times": len(done)}

    assert [once("person 1", "k", work), once("person 1", "k", work)] == [{"times": 1}] * 2
    assert once("person 2", "k", work) == {"times": 2}


def test_the_trail_is_whole_until_somebody_touches_it(linde: House) -> None:
    actor = linde.actor("ali")
    for number in range(3):
        note(actor, "team.renamed", f"team {number}")
    assert broken_at(linde.organisation.pk) is None
    TrailEntry.objects.filter(number=2).update(about="team 9")
    assert broken_at(linde.organisation.pk) == 2
    TrailEntry.objects.filter(number=2).delete()
    assert broken_at(linde.organisation.pk) == 3
