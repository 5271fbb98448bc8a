"""The child process that reads a workbook from its input, within little memory and time."""

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 20


def cell(value: Any) -> str:
    """One cell as text. Formulas come in as the value they last had, never as formulas."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time | timedelta):
        return value.isoformat() if isinstance(value, date | time) else str(value)
    return str(value).strip()


def read(content: bytes) -> dict[str, Any]:
    """The rows of the first sheet, or the trouble."""
    from python_calamine import CalamineWorkbook

    from kring.people.sheets import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS

    book = CalamineWorkbook.from_object(io.BytesIO(content))
    sheet = book.get_sheet_by_index(0)
    rows: list[list[str]] = []
    for row in sheet.iter_rows():
        if len(rows) >= MOST_ROWS:
            return {"trouble": "too_many_rows"}
        texts = [cell(value) for value in row[:MOST_COLUMNS]]
        if any(len(text) > LONGEST_CELL for text in texts):
            return {"trouble": "cell_too_long"}
        rows.append(texts)
    return {"rows": rows}


def main() -> None:
    """Read standard input, write JSON to standard output; 3 = not a workbook."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    content = sys.stdin.buffer.read()
    try:
        answer = read(content)
    except MemoryError:
        sys.exit(4)
    except Exception:  # noqa: BLE001  whatever a broken file makes the reader say
        sys.exit(3)
    sys.stdout.write(json.dumps(answer))
