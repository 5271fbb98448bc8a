"""Fences in the database itself: no row may point into another organisation (safety §1.4).

Code can forget a filter; these cannot. On SQLite and PostgreSQL triggers refuse a row whose foreign
key leads to a row of another organisation, and refuse to move a row to another organisation. On
PostgreSQL row-level security hides the rows of other organisations as well, also from the owner of
the tables (``FORCE``); the application should be neither owner nor superuser.

Fences are made from the models after every ``migrate``, so none can be forgotten. A name ends in a
digest of what it does; what is there already is left alone. Before migrations SQLite's are taken
down, because SQLite cannot rebuild a table that a trigger elsewhere mentions.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.models import ForeignKey, Model

from kring.base.classes import own_models

FUNCTION = """
CREATE OR REPLACE FUNCTION kring_fence() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    here bigint := NEW.organisation_id;
    there bigint;
    key text;
    hits integer;
    place integer := 0;
    told text := current_setting('kring.organisation', true);
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.organisation_id IS DISTINCT FROM here THEN
        RAISE EXCEPTION 'fence: % stays in its organisation', TG_TABLE_NAME
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM set_config('kring.organisation', '0', true);  -- to see what the row leads to
    WHILE place < TG_NARGS LOOP
        key := to_jsonb(NEW) ->> TG_ARGV[place];
        IF key IS NOT NULL THEN
            EXECUTE format('SELECT organisation_id FROM %I WHERE %I = %L',
                TG_ARGV[place + 1], TG_ARGV[place + 2], key) INTO there;
            GET DIAGNOSTICS hits = ROW_COUNT;
            IF hits = 1 AND there IS DISTINCT FROM here THEN
                RAISE EXCEPTION 'fence: %.% leads to another organisation',
                    TG_TABLE_NAME, TG_ARGV[place] USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        place := place + 3;
    END LOOP;
    PERFORM set_config('kring.organisation', coalesce(told, ''), true);
    RETURN NEW;
END $$
"""
WRONG = (
    ' WHEN EXISTS (SELECT 1 FROM "{other}" WHERE "{key}" = NEW."{column}"'
    " AND organisation_id IS NOT NEW.organisation_id)"
    " BEGIN SELECT RAISE(ABORT, 'fence: {table}.{column} leads to another organisation'); END"
)
MINE = (
    "organisation_id = NULLIF(current_setting('kring.organisation', true), '')::bigint"
    " OR current_setting('kring.organisation', true) = '0'"
)


@dataclass(frozen=True, slots=True)
class Fence:
    """One thing to make: its name says what it is, ``columns`` must exist before it can be."""

    name: str
    table: str
    columns: frozenset[str]
    sql: tuple[str, ...]


def has_organisation(model: type[Model]) -> bool:
    """Whether the rows of ``model`` each belong to an organisation."""
    return any(field.name == "organisation" for field in model._meta.concrete_fields)


def tenant_links(model: type[Model]) -> list["ForeignKey[Any, Any]"]:
    """The foreign keys of ``model`` that lead to rows of an organisation."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and has_organisation(field.related_model)
    ]


def _fence(prefix: str, table: str, columns: set[str], *sql: str) -> Fence:
    digest = hashlib.sha256("\n".join(sql).encode()).hexdigest()[:8]
    name = f"{prefix[:48]}_{digest}"
    made = tuple(text.replace("{name}", name) for text in sql)
    return Fence(name, table, frozenset({"organisation_id", *columns}), made)


def _sqlite(model: type[Model]) -> Iterator[Fence]:
    table = model._meta.db_table
    stays = (
        f'CREATE TRIGGER "{{name}}" BEFORE UPDATE OF organisation_id ON "{table}"'
        " WHEN NEW.organisation_id IS NOT OLD.organisation_id"
        f" BEGIN SELECT RAISE(ABORT, 'fence: {table} stays in its organisation'); END"
    )
    yield _fence(f"fence_{table}_stays", table, set(), stays)
    for link in tenant_links(model):
        column, other = link.column, link.related_model._meta
        assert other.pk is not None
        wrong = WRONG.format(column=column, other=other.db_table, key=other.pk.column, table=table)
        for moment in ("INSERT", f'UPDATE OF "{column}"'):
            sql = f'CREATE TRIGGER "{{name}}" BEFORE {moment} ON "{table}"{wrong}'
            yield _fence(f"fence_{table}_{column}", table, {column}, sql)


def _postgresql(model: type[Model]) -> Iterator[Fence]:
    table = model._meta.db_table
    links = tenant_links(model)
    arguments = ", ".join(
        f"'{word}'"
        for link in links
        for word in (
            link.column,
            link.related_model._meta.db_table,
            link.target_field.column,
        )
    )
    trigger = (
        f'CREATE TRIGGER "{{name}}" BEFORE INSERT OR UPDATE ON "{table}"'
        f" FOR EACH ROW EXECUTE FUNCTION kring_fence({arguments})"
    )
    yield _fence(f"fence_{table}", table, {link.column for link in links}, trigger)
    nullable = model._meta.get_field("organisation").null
    policy = f'CREATE POLICY "{{name}}" ON "{table}" USING ({MINE}' + (
        " OR organisation_id IS NULL)" if nullable else ")"
    )
    force = (
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
    )
    yield _fence(f"fence_{table}_rows", table, set(), policy, *force)


def wanted(vendor: str) -> list[Fence]:
    """Every fence there must be on this kind of database."""
    make = _sqlite if vendor == "sqlite" else _postgresql
    return [fence for model in own_models() if has_organisation(model) for fence in make(model)]


def _standing(connection: Any) -> dict[str, str]:
    """Names of the fences there are now, each with its table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master"
                " WHERE type = 'trigger' AND name LIKE 'fence\\_%' ESCAPE '\\'"
            )
        else:
            cursor.execute(
                "SELECT tgname, relname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
                " WHERE tgname LIKE 'fence\\_%' UNION ALL"
                " SELECT policyname, tablename FROM pg_policies p JOIN pg_class c"
                " ON c.relname = p.tablename AND c.relrowsecurity AND c.relforcerowsecurity"
                " WHERE policyname LIKE 'fence\\_%' AND p.schemaname = current_schema()"
            )
        return dict(cursor.fetchall())


def missing(connection: Any) -> list[str]:
    """Names of the fences that should stand and do not."""
    there = _standing(connection)
    return [fence.name for fence in wanted(connection.vendor) if fence.name not in there]


def _drop(connection: Any, cursor: Any, name: str, table: str) -> None:
    if connection.vendor == "sqlite":
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"')
    else:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"')
        cursor.execute(f'DROP POLICY IF EXISTS "{name}" ON "{table}"')


def install(connection: Any) -> None:
    """Make the fences that are missing and take away those that are no longer right."""
    there, right = _standing(connection), wanted(connection.vendor)
    names = {fence.name for fence in right}
    stale = {name: table for name, table in there.items() if name not in names}
    new = [fence for fence in right if fence.name not in there]
    if not stale and not new:
        return
    with connection.cursor() as cursor:
        for name, table in stale.items():
            _drop(connection, cursor, name, table)
        if connection.vendor != "sqlite":
            cursor.execute(FUNCTION)
        tables = set(connection.introspection.table_names(cursor))
        for fence in new:
            if fence.table in tables and fence.columns <= _columns(connection, cursor, fence.table):
                for sql in fence.sql:
                    cursor.execute(sql)


def _columns(connection: Any, cursor: Any, table: str) -> set[str]:
    return {row.name for row in connection.introspection.get_table_description(cursor, table)}


def before_migrations(using: str, plan: Any = (), **_: Any) -> None:
    """Take SQLite's fences down while tables are rebuilt; let PostgreSQL show every row."""
    connection: Any = connections[using]
    if connection.vendor == "postgresql":
        connection.whole = True
    elif plan:
        with connection.cursor() as cursor:
            for name, table in _standing(connection).items():
                _drop(connection, cursor, name, table)


def after_migrations(sender: Any, using: str, **_: Any) -> None:
    """Put the fences up, once, when the last app has been migrated."""
    if sender is not list(apps.get_app_configs())[-1]:
        return
    connection: Any = connections[using]
    connection.whole = False
    install(connection)
