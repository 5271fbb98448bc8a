"""The world of the matrix is made once for all its tests; whatever a visit does is undone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from tests.matrix.world import World, make_world


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Three furnished organisations, inside one transaction that is never committed."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=hashers):
        whole = transaction.atomic()
        whole._from_testcase = True  # so that "durable" actions may run inside, as in any test
        with whole:
            yield make_world()
            transaction.set_rollback(True)
