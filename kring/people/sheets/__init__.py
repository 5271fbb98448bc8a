"""Reading a table from an uploaded file, safely: CSV and XLSX, as rows of plain texts.

What comes in is somebody else's: it may be huge, packed a thousand times, in a strange encoding or
not a table at all. CSV is read here within fixed limits. A workbook is unpacked with a limit first
and then read by a child process with little memory and time, so that a sheet that claims a
thousand million cells costs one refused upload and nothing else.
"""

import csv
import io
import json
import subprocess
import sys
import zipfile
from enum import StrEnum

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 500
MOST_ROWS = 60_000
MOST_COLUMNS = 60
LONGEST_CELL = 500
SECONDS = 30

Table = list[list[str]]


class Trouble(StrEnum):
    """Why a file could not be read."""

    TOO_BIG = "too_big"
    EMPTY = "empty"
    NOT_A_TABLE = "not_a_table"
    TOO_MANY_ROWS = "too_many_rows"
    CELL_TOO_LONG = "cell_too_long"


class Unreadable(Exception):
    """The file cannot be read; ``trouble`` says why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


def read_table(content: bytes) -> Table:
    """The rows of a CSV file or of the first sheet of a workbook, every cell as stripped text.

    Dates come out as "2026-03-01", whole numbers without a point. The kind of file is taken from
    its content, never from its name. Raises ``Unreadable``.
    """
    if len(content) > MOST_BYTES:
        raise Unreadable(Trouble.TOO_BIG)
    if not content.strip():
        raise Unreadable(Trouble.EMPTY)
    table = _workbook(content) if content[:4] == b"PK\x03\x04" else _csv(content)
    while table and not any(table[-1]):
        table.pop()
    if not any(any(row) for row in table):
        raise Unreadable(Trouble.EMPTY)
    return table


def _text(content: bytes) -> str:
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")  # what Dutch Excel writes when asked for CSV


def _csv(content: bytes) -> Table:
    try:
        text = _text(content)
    except UnicodeDecodeError as wrong:
        raise Unreadable(Trouble.NOT_A_TABLE) from wrong
    if "\x00" in text:
        raise Unreadable(Trouble.NOT_A_TABLE)
    first = text.lstrip("\r\n").split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    if not first.count(delimiter):
        raise Unreadable(Trouble.NOT_A_TABLE)
    table: Table = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(table) >= MOST_ROWS:
                raise Unreadable(Trouble.TOO_MANY_ROWS)
            if any(len(cell) > LONGEST_CELL for cell in row[:MOST_COLUMNS]):
                raise Unreadable(Trouble.CELL_TOO_LONG)
            table.append([cell.strip() for cell in row[:MOST_COLUMNS]])
    except csv.Error as wrong:
        raise Unreadable(Trouble.NOT_A_TABLE) from wrong
    return table


def _unpacks(content: bytes) -> None:
    """Raise unless the archive is small when unpacked; what it says about itself is not trusted."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(Trouble.TOO_BIG)
            for part in parts:
                with archive.open(part) as packed:
                    while piece := packed.read(1 << 20):
                        left -= len(piece)
                        if left < 0:
                            raise Unreadable(Trouble.TOO_BIG)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError) as wrong:
        raise Unreadable(Trouble.NOT_A_TABLE) from wrong
    except (EOFError, OSError, ValueError) as wrong:
        raise Unreadable(Trouble.NOT_A_TABLE) from wrong


def _workbook(content: bytes) -> Table:
    _unpacks(content)
    try:
        done = subprocess.run(  # noqa: S603  our own module, our own interpreter
            [sys.executable, "-I", "-c", _CHILD, *sys.path],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as wrong:
        raise Unreadable(Trouble.TOO_BIG) from wrong
    if done.returncode != 0:
        raise Unreadable(Trouble.NOT_A_TABLE if done.returncode == 3 else Trouble.TOO_BIG)
    answer = json.loads(done.stdout)
    if "trouble" in answer:
        raise Unreadable(Trouble(answer["trouble"]))
    table: Table = answer["rows"]
    return table


_CHILD = "import sys; sys.path[:] = sys.argv[1:];from kring.people.sheets.book import main; main()"
