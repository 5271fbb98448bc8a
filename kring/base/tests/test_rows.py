"""PostgreSQL hides the rows of other organisations, also from code that forgets to filter."""

import pytest
from django.db import IntegrityError, connection, transaction

from kring.base import scope
from kring.people.models import Membership
from tests.cast import BEGIN, Cast

pytestmark = [
    pytest.mark.skipif(
        "connection.vendor != 'postgresql'",
        reason="SQLite has no row-level security; there the triggers and the manager hold",
    ),
]


def slugs_of_teams() -> list[str]:
    """Ask the table itself, as a forgotten filter would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.slug FROM people_team t JOIN people_organisation o"
            " ON o.id = t.organisation_id ORDER BY 1"
        )
        return [slug for (slug,) in cursor.fetchall()]


def test_the_tests_log_in_as_somebody_without_privileges(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, tableowner = current_user FROM pg_roles, pg_tables"
            " WHERE rolname = current_user AND tablename = 'people_team'"
        )
        assert cursor.fetchone() == (False, False, False)


def test_only_rows_of_the_scope_are_there(cast: Cast) -> None:
    assert slugs_of_teams() == []
    with scope.inside(cast.waterkant.organisation.pk):
        assert slugs_of_teams() == ["waterkant"]
        with scope.inside(cast.anker.organisation.pk):
            assert slugs_of_teams() == ["anker"]
        assert slugs_of_teams() == ["waterkant"]
    with scope.everywhere("test"):
        assert slugs_of_teams() == ["anker", "linde", "linde", "waterkant"]
    assert slugs_of_teams() == []


def test_after_a_rollback_the_database_is_told_anew(cast: Cast) -> None:
    with scope.inside(cast.linde.organisation.pk):
        assert slugs_of_teams() == ["linde", "linde"]
    with scope.inside(cast.anker.organisation.pk):
        with transaction.atomic():
            assert slugs_of_teams() == ["anker"]
            transaction.set_rollback(True)  # takes the telling along: the server is at linde again
        assert slugs_of_teams() == ["anker"]


@pytest.mark.django_db(transaction=True)
def test_after_a_whole_transaction_rolled_back_the_database_is_told_anew(cast: Cast) -> None:
    test_after_a_rollback_the_database_is_told_anew(cast)


def test_a_foreign_row_is_found_and_refused_from_inside_a_scope(cast: Cast) -> None:
    row = Membership(
        organisation=cast.linde.organisation,
        person=cast.linde.people["daan"],
        team=cast.waterkant.teams["kern"],
        starts_on=BEGIN,
    )
    with scope.inside(cast.linde.organisation.pk):
        with pytest.raises(IntegrityError, match="another organisation"), transaction.atomic():
            Membership.objects.bulk_create([row])
        assert slugs_of_teams() == ["linde", "linde"]


def test_rows_of_another_organisation_cannot_be_written_or_removed(cast: Cast) -> None:
    with scope.inside(cast.waterkant.organisation.pk), connection.cursor() as cursor:
        cursor.execute("UPDATE people_team SET name = 'x'")
        assert cursor.rowcount == 1
        cursor.execute(
            "DELETE FROM people_rolegrant WHERE organisation_id = %s",
            [cast.linde.organisation.pk],
        )
        assert cursor.rowcount == 0


@pytest.mark.django_db(transaction=True)
def test_the_pool_forgets_whom_a_connection_was_about(cast: Cast) -> None:
    with scope.inside(cast.linde.organisation.pk):
        assert slugs_of_teams() == ["linde", "linde"]
    pool = connection.pool  # type: ignore[attr-defined]
    connection.close()
    for _ in range(pool.get_stats().get("pool_size", 1)):
        with pool.connection() as raw:
            (told,) = raw.execute("SELECT current_setting('kring.organisation', true)").fetchone()
            assert told in ("", None)
