"""PostgreSQL hides the rows of other organisations, also from code that forgets to filter."""

import pytest
from django.db import connection, transaction

from kring.base import scope
from tests.cast import Cast

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


def test_a_rollback_does_not_bring_back_somebody_else_s_scope(cast: Cast) -> None:
    with scope.inside(cast.linde.organisation.pk):
        slugs_of_teams()
        with transaction.atomic():
            with scope.inside(cast.anker.organisation.pk):
                assert slugs_of_teams() == ["anker"]
            transaction.set_rollback(True)
        assert slugs_of_teams() == ["linde", "linde"]


def test_a_savepoint_rolled_back_in_another_scope_is_told_anew(cast: Cast) -> None:
    with scope.inside(cast.anker.organisation.pk):
        slugs_of_teams()
        with transaction.atomic():
            with scope.inside(cast.linde.organisation.pk):
                point = transaction.savepoint()
                slugs_of_teams()
            assert slugs_of_teams() == ["anker"]
            with scope.inside(cast.linde.organisation.pk):
                transaction.savepoint_rollback(point)
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
