"""Fixtures every test may use."""

from collections.abc import Iterator
from typing import Any

import pytest

from kring.base import scope, volatile, wake
from kring.meetings import room
from tests import databases
from tests.cast import Cast, House, make_cast

pytest_plugins = ["tests.browser"]

databases.own_redis()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Before the test database is made: who owns the tables (PostgreSQL)."""
    databases.arrange()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """A throw-away server takes its databases along; dropping them first could wait for a pool."""
    return bool(databases.OWNER)


@pytest.fixture(autouse=True)
def _fast_and_plain(settings: Any) -> None:
    """Cheap password hashes and plain static files: neither is what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _nothing_left_in_memory() -> None:
    """Numbers of meetings come back in every test; what was said in another one must not."""
    databases.forget_redis()
    volatile.store.cache_clear()
    wake.bell.cache_clear()
    room.forget_all()


@pytest.fixture
def cast(db: None) -> Cast:
    """The three organisations."""
    return make_cast()


@pytest.fixture
def linde(cast: Cast) -> Iterator[House]:
    """De Linde, with the scope set to it."""
    with scope.inside(cast.linde.organisation.pk):
        yield cast.linde
