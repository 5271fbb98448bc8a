"""Logs say what happened and where, never what people wrote."""

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from kring.operator import logs
from tests.cast import Cast

SECRET = "Wij ruzien over het rooster"


def broken_line() -> str:
    try:
        try:
            raise ValueError(f"Key (text)=({SECRET}) already exists")
        except ValueError as error:
            raise RuntimeError(SECRET) from error
    except RuntimeError as error:
        info = (type(error), error, error.__traceback__)
        record = logging.LogRecord("kring.x", logging.ERROR, "", 0, "It broke", (), info)
        return logs.Line().format(record)


def test_an_error_says_where_and_not_what_was_written() -> None:
    line = broken_line()
    assert SECRET not in line
    assert "RuntimeError at test_logs.py" in line
    assert "after ValueError at test_logs.py" in line


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Not Found: /linde/team/3/?q=ziek+gemeld", "Not Found: /linde/team/3/?…"),
        ("noor@linde.example asked", "…@… asked"),
        ("token kring_Ab3dEf6hIj9kLm2nOp5qRs8tUv", "token …"),
        ("Not Found: /start/invitation/x7Gh2kPq9sTuVw3yZ1aBcD/", "Not Found: /start/invitation/…/"),
        ("Not Found: /join/KQ3F7P/", "Not Found: /join/…/"),
        ("from 192.168.17.23", "from 192.168.17.0"),
        (
            "The clock could not finish agreements.bells",
            "The clock could not finish agreements.bells",
        ),
    ],
)
def test_what_a_line_leaves_out(said: str, kept: str) -> None:
    assert logs.scrub(said) == kept


def test_every_answer_has_its_own_id(cast: Cast) -> None:
    ids = {Client().get("/linde/").headers["X-Request-Id"] for _ in range(2)}
    assert {len(one) for one in ids} == {12}
    assert len(ids) == 2


def test_the_settings_use_these_lines() -> None:
    logging_settings = settings.LOGGING
    assert logging_settings["formatters"]["line"]["()"] == "kring.operator.logs.Line"
    assert {one["formatter"] for one in logging_settings["handlers"].values()} == {"line"}
    assert settings.MIDDLEWARE[0] == "kring.operator.logs.RequestId"


def test_errors_are_kept_for_their_owner_and_told(
    tmp_path: Path, settings: object, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    file = tmp_path / "errors.log"
    handler = logs.Mishaps(str(file))
    handler.setFormatter(logs.Line())
    for _ in range(2):
        record = logging.LogRecord("kring.clock", logging.ERROR, "", 0, "It broke", (), None)
        handler.emit(record)
    handler.close()
    assert file.stat().st_mode & 0o777 == 0o600
    call_command("errors")
    out = capsys.readouterr().out
    assert out.startswith("2×, last ")
    assert out.rstrip().endswith("kring.clock: It broke")
