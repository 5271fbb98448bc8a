"""The database's statistics."""

from datetime import timedelta

import pytest
from django.db import connection

from kring.base import clock as base_clock
from kring.operator import clock
from tests.cast import Cast


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics (autovacuum)"
)
def test_statistics_are_gathered_once_an_hour() -> None:
    clock._next.clear()
    now = base_clock.now()
    minutes = (0, 1, 59, 61)
    assert [clock.statistics(now + timedelta(minutes=one)) for one in minutes] == [1, 0, 0, 1]


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL keeps its own statistics (autovacuum)"
)
def test_a_table_with_rows_gets_statistics(cast: Cast) -> None:
    clock.refresh()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'people_person'")
        assert cursor.fetchone()[0] > 0
