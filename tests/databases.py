"""Arrange the tests' database and Redis when they are not the ones of home.

On PostgreSQL the tables belong to another role than the one tests log in with (see
``tests/servers.py``), so that row-level security holds in tests as it does in production.
"""

import os
import re
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate

OWNER = os.environ.get("KRING_TEST_TABLE_OWNER", "")


def _become_owner(using: str, **_: Any) -> None:
    with connections[using].cursor() as cursor:
        cursor.execute(f"SET ROLE {OWNER}")


def _become_application(sender: Any, using: str, **_: Any) -> None:
    if sender is list(apps.get_app_configs())[-1]:
        with connections[using].cursor() as cursor:
            cursor.execute("RESET ROLE")


def own_redis() -> None:
    """Each test process has a Redis database of its own."""
    worker = re.search(r"\d+", os.environ.get("PYTEST_XDIST_WORKER", "")) or re.match(r"\d", "0")
    if settings.REDIS_URL and worker:
        number = int(worker.group()) % 16
        settings.REDIS_URL = re.sub(r"/\d+$", f"/{number}", settings.REDIS_URL)
        settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL


def arrange() -> None:
    """Before the test database is made."""
    if OWNER:
        pre_migrate.connect(_become_owner, dispatch_uid="tests-become-owner")
        post_migrate.connect(_become_application, dispatch_uid="tests-become-application")


def forget_redis() -> None:
    """Empty this test process's own Redis database."""
    if settings.REDIS_URL:
        import redis

        with redis.Redis.from_url(settings.REDIS_URL) as client:
            client.flushdb()
