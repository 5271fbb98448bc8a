"""What other pages and letters say about agreements."""

from django.utils.translation import gettext_lazy as _

from kring.agreements.models import Agreement, Question
from kring.people import post


def _number(about: str) -> int:
    return int(about.rpartition(" ")[2])


def _still_open(abouts: set[str]) -> set[str]:
    """References of agreements that did not stop meanwhile."""
    rows = Agreement.objects.filter(pk__in=[_number(one) for one in abouts], ended_at=None)
    return {f"agreement {number}" for number in rows.values_list("pk", flat=True)}


def _still_rung(abouts: set[str]) -> set[str]:
    rows = Agreement.objects.filter(
        pk__in=[_number(one) for one in abouts], rung_at__isnull=False, ended_at=None
    )
    return {f"agreement {number}" for number in rows.values_list("pk", flat=True)}


def _still_asked(abouts: set[str]) -> set[str]:
    rows = Question.objects.filter(pk__in=[_number(one) for one in abouts], replied_at=None)
    return {f"question {number}" for number in rows.values_list("pk", flat=True)}


post.kind("agreements.look_back", _("An agreement asks you to look back"), _still_open)
post.kind("agreements.bell", _("The bell of one of your agreements rang"), _still_rung)
post.kind("agreements.question", _("Somebody asks you a question about an agreement"), _still_asked)
