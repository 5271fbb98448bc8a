"""The doctor finds what is wrong and says how to mend it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from kring.base import clock
from kring.operator import doctor
from kring.people.models import Letter, TrailEntry
from kring.people.trail import note
from tests.cast import House

Settings = Any


def wrong() -> dict[str, str]:
    """What is wrong, and the way to mend it."""
    return {one.what: one.mend for one in doctor.examine() if one.level == "wrong"}


@pytest.fixture
def well(settings: Settings, tmp_path: Path, linde: House) -> Settings:
    """An installation without faults, as far as tests can be one."""
    settings.DATA_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "staticfiles.json").write_text("{}")
    settings.SECRET_KEY_FILE = tmp_path / "secret.key"
    settings.SECRET_KEY_FILE.touch(mode=0o600)
    call_command("translations")
    return settings


def only(found: dict[str, str]) -> dict[str, str]:
    """Leave out that test databases on SQLite live in memory, without a log."""
    return {what: mend for what, mend in found.items() if "journal_mode" not in what}


def test_a_good_installation_has_nothing_wrong(well: Settings) -> None:
    assert only(wrong()) == {}


def test_what_others_can_read_debug_and_a_public_demonstration(well: Settings) -> None:
    well.SECRET_KEY_FILE.chmod(0o644)
    well.DEBUG, well.DEMO, well.BASE_URL = True, True, "https://kring.example"
    assert only(wrong()) == {
        "Others can read the secret key (mode 644)": f"chmod 600 {well.SECRET_KEY_FILE}",
        "DEBUG is on: error pages show secrets": "Take DEBUG out of the settings.",
        "KRING_DEMO is on: everybody can log in as anybody": "Unset KRING_DEMO, and never use this"
        " database for real people.",
    }


def test_an_old_sqlite_is_named(well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        return
    monkeypatch.setattr(doctor.sqlite3, "sqlite_version_info", (3, 51, 2))
    assert any("WAL-reset" in what for what in wrong())


def test_a_touched_trail_and_a_clock_that_stands_still(well: Settings, linde: House) -> None:
    note(linde.actor("ali"), "team.renamed", "team 1")
    TrailEntry.objects.update(about="team 2")
    Letter.objects.create(
        to_email="a@b.example",
        subject="x",
        dedupe_key="x",
        send_after=clock.now() - timedelta(minutes=16),
    )
    assert set(only(wrong())) == {
        "The trail was touched: linde",
        "1 letters wait longer than 15 minutes",
    }


def test_redis_that_does_not_answer(well: Settings) -> None:
    well.REDIS_URL = "redis://127.0.0.1:1/0"
    assert list(only(wrong()))[-1] == "Redis does not answer, or does not say how it keeps data"


def test_missing_static_files_and_a_fallen_fence(
    well: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    (well.STATIC_ROOT / "staticfiles.json").unlink()
    monkeypatch.setattr(doctor.fence, "missing", lambda connection: ["fence_x"])
    assert set(only(wrong())) == {
        "Static files were not collected",
        "1 fences between organisations are missing",
    }
