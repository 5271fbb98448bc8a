"""Finds wrong installations and says how to mend them. Looks only; changes nothing."""

import importlib
import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from kring.base import clock, fence, scope
from kring.operator import texts
from kring.people.models import Letter, Organisation
from kring.people.trail import broken_at

SAFE_SQLITE = (3, 51, 3)  # sqlite.org: the WAL-reset bug ended here
WAITED = timedelta(minutes=15)
Level = Literal["good", "note", "wrong"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``mend`` says what to do when it is not good."""

    level: Level
    what: str
    mend: str = ""


def _good(what: str) -> Finding:
    return Finding("good", what)


def _if(is_wrong: bool, good: str, wrong: str, mend: str, level: Level = "wrong") -> Finding:
    return Finding(level, wrong, mend) if is_wrong else _good(good)


def machine() -> Iterator[Finding]:
    """Python, the data folder, the secret."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    yield _if(
        sys.version_info < (3, 11),
        f"Python {version}",
        f"Python {version} is too old",
        "Install Python 3.11 or newer and run make setup again.",
    )
    folder = Path(settings.DATA_DIR)
    yield _if(
        not os.access(folder, os.W_OK),
        f"The data folder is {folder}",
        f"Kring cannot write in {folder}",
        f"Give the user that runs Kring the folder: chown -R kring {folder}",
    )
    free = shutil.disk_usage(folder).free // 2**20
    yield _if(
        free < 500,
        "There is room on the disk",
        f"Only {free} MB are free on the disk",
        "Make room; a full disk stops every meeting.",
    )
    yield from _secret()
    try:
        importlib.import_module("weasyprint")
        yield _good("Cards and minutes can be printed")
    except OSError:
        yield Finding(
            "wrong",
            "PDF does not work: Pango is missing",
            "apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )


def _secret() -> Iterator[Finding]:
    mode = stat.S_IMODE(Path(settings.SECRET_KEY_FILE).stat().st_mode)
    yield _if(
        bool(mode & 0o077),
        "Only its owner can read the secret key",
        f"Others can read the secret key (mode {mode:o})",
        f"chmod 600 {settings.SECRET_KEY_FILE}",
    )
    yield _if(
        len(settings.SECRET_KEY) < 32,
        "The secret key is long enough",
        "The secret key is short",
        "Remove the file; Kring makes a new one. All log in again.",
    )


def address() -> Iterator[Finding]:
    """What the outside world sees."""
    yield _if(
        settings.DEBUG,
        "DEBUG is off",
        "DEBUG is on: error pages show secrets",
        "Take DEBUG out of the settings.",
    )
    https = settings.BASE_URL.startswith("https://")
    home = any(name in settings.BASE_URL for name in ("//127.0.0.1", "//localhost"))
    yield _if(
        not https and not home,
        f"The address is {settings.BASE_URL}",
        f"{settings.BASE_URL} is not https: passwords travel in the open",
        "Put nginx with a certificate before it (deploy/nginx.conf) and set KRING_BASE_URL.",
    )
    yield _if(
        settings.DEMO and not home,
        "No demonstration on a public address",
        "KRING_DEMO is on: everybody can log in as anybody",
        "Unset KRING_DEMO, and never use this database for real people.",
    )
    try:
        staticfiles_storage.url("web/page.css")
        built = (Path(settings.STATIC_ROOT) / "staticfiles.json").exists()
    except ValueError:
        built = False
    yield _if(
        not built, "Static files are in place", "Static files were not collected", "kring prepare"
    )
    stale = [one for one in texts.catalogues() if not one.with_suffix(".mo").exists()]
    yield _if(
        bool(stale),
        "Translations are compiled",
        f"{len(stale)} translations are not compiled",
        "kring translations",
    )


def database() -> Iterator[Finding]:
    """The database itself, what keeps organisations apart, and migrations."""
    try:
        connection.ensure_connection()
    except DatabaseError:
        yield Finding(
            "wrong",
            "The database does not answer",
            "Is it running, and is KRING_DATABASE_URL right?",
        )
        return
    yield from _sqlite() if connection.vendor == "sqlite" else _postgresql()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    yield _if(
        bool(plan), "The tables are up to date", f"{len(plan)} migrations wait", "kring prepare"
    )
    if plan:
        return
    fallen = fence.missing(connection)
    yield _if(
        bool(fallen),
        "The fences between organisations stand",
        f"{len(fallen)} fences between organisations are missing",
        "kring migrate (as the owner of the tables)",
    )
    with scope.everywhere("the doctor looks whether every trail is whole"):
        broken = [one.slug for one in Organisation.objects.all() if broken_at(one.pk) is not None]
    yield _if(
        bool(broken),
        "Every trail is whole",
        f"The trail was touched: {', '.join(broken)}",
        "Compare with a backup; tell the privacy officer.",
    )


def _one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone()
        return row[0] if row else None


def _sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version
    yield _if(
        sqlite3.sqlite_version_info < SAFE_SQLITE,
        f"SQLite {version}",
        f"SQLite {version} can lose acknowledged work (WAL-reset bug)",
        "pip install pysqlite3 (0.6.1 or newer) in Kring's environment.",
    )
    wanted = {"journal_mode": ("wal",), "synchronous": (2,), "foreign_keys": (1,)}
    for pragma, right in wanted.items():
        found = _one(f"PRAGMA {pragma}")
        yield _if(
            found not in right,
            f"SQLite {pragma} is {found}",
            f"SQLite {pragma} is {found} and must be {right[0]}",
            "Put the database on a local disk; network folders cannot do this.",
        )


def _postgresql() -> Iterator[Finding]:
    yield _if(
        _one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"),
        "The database role has no privileges of its own",
        "The database role is a superuser or bypasses row-level security",
        "Make two roles as in deploy/postgresql.sql; log in with the one that owns nothing.",
    )
    yield _if(
        _one("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") > 0,
        "The tables belong to another role",
        "The application owns its tables, and so could lift the row-level security",
        "Migrate as kring_owner and serve as kring (deploy/postgresql.sql).",
    )
    encoding = _one("SHOW server_encoding")
    yield _if(
        encoding != "UTF8",
        "The database is UTF-8",
        f"The database is {encoding}",
        "Create it anew with ENCODING 'UTF8'.",
    )


def memory() -> Iterator[Finding]:
    """Redis, when there is one."""
    if not settings.REDIS_URL:
        yield Finding(
            "note",
            "No Redis: right for one process, not for several",
            "Set KRING_REDIS_URL when more than one process serves pages.",
        )
        return
    import redis

    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3)
    try:
        client.ping()
        kept = (
            client.config_get("save")["save"]
            or client.config_get("appendonly")["appendonly"] == "yes"
        )
    except redis.RedisError:
        yield Finding(
            "wrong",
            "Redis does not answer, or does not say how it keeps data",
            "Is it running, and is KRING_REDIS_URL right?",
        )
        return
    yield _if(
        bool(kept),
        "Redis keeps nothing on a disk",
        "Redis writes to a disk: what is said in a circle would stay",
        'redis.conf: save "" and appendonly no; then remove dump.rdb and the append-only files.',
    )


def time_and_mail() -> Iterator[Finding]:
    """Whether the clock runs and letters go."""
    if "filebased" in settings.EMAIL_BACKEND:
        yield Finding(
            "note",
            f"Mail is written to {settings.EMAIL_FILE_PATH}",
            "Set KRING_EMAIL_URL=smtp+tls://user:password@host:587 to send it.",
        )
    else:
        try:
            mail = get_connection(fail_silently=False, timeout=5)
            mail.open()
            mail.close()
            yield _good("The mail server answers")
        except OSError:
            yield Finding("wrong", "The mail server does not answer", "Is KRING_EMAIL_URL right?")
    with scope.everywhere("the doctor looks whether letters wait too long"):
        late = Letter.objects.filter(
            sent_at=None, failed_at=None, send_after__lt=clock.now() - WAITED
        ).count()
    yield _if(
        late > 0,
        "The clock runs",
        f"{late} letters wait longer than 15 minutes",
        "Run kring serve, or kring clock beside your web processes.",
    )


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (machine, address, database, memory)


def examine() -> list[Finding]:
    """Look at everything; what needs tables only where they are."""
    found = [finding for check in CHECKS for finding in check()]
    if not any("migrations wait" in one.what or "does not answer" in one.what for one in found):
        found += time_and_mail()
    return found
