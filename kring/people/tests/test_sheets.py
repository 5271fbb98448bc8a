"""Files of strangers: encodings, giants and bombs."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from kring.people import sheets
from kring.people.sheets import Trouble, Unreadable, read_table

CSV = 'Code;Naam\r\n1;Zoë\r\n2;"de Wit; Noor"\r\n\r\n'
ROWS = [["Code", "Naam"], ["1", "Zoë"], ["2", "de Wit; Noor"]]


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("cp1252"),
        CSV.encode("utf-16"),
        b"Code,Naam\n1,Zo\xeb\n2,de Wit; Noor\n",
        "Code\tNaam\n1\tZoë\n2\tde Wit; Noor\n".encode(),
    ],
)
def test_every_way_a_csv_file_comes(content: bytes) -> None:
    assert [row for row in read_table(content) if row] == ROWS


def book(rows: list[list[object]]) -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"default_date_format": "dd-mm-yyyy"}) as made:
        sheet = made.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(at, column, value)
    return held.getvalue()


def test_a_workbook() -> None:
    content = book([["Code", "Naam", "Start"], [1, "Zoë", date(2020, 4, 1)], [2.5, "=1+1", ""]])
    assert read_table(content) == [
        ["Code", "Naam", "Start"],
        ["1", "Zoë", "2020-04-01"],
        ["2.5", "0", ""],
    ]


def with_part(content: bytes, name: str, text: str) -> bytes:
    held = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            new.writestr(part.filename, text if part.filename == name else old.read(part))
    return held.getvalue()


def far_cell() -> bytes:
    """A sheet of two cells, the second at the very end: read densely it is 17 thousand million cells."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    text = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData></worksheet>"
    )
    return with_part(book([["a"]]), "xl/worksheets/sheet1.xml", text)


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (sheets.MOST_UNPACKED + 1))
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (b"", Trouble.EMPTY),
        (b" \n ", Trouble.EMPTY),
        (b";;\n;;\n", Trouble.EMPTY),
        (b"just words", Trouble.NOT_A_TABLE),
        (b"%PDF-1.7;\x00\x01", Trouble.NOT_A_TABLE),
        (b"\xff\xfea", Trouble.NOT_A_TABLE),
        (b"PK\x03\x04 not really", Trouble.NOT_A_TABLE),
        (b"a;" * (sheets.MOST_BYTES // 2 + 1), Trouble.TOO_BIG),
        (b"a;b\n" * (sheets.MOST_ROWS + 1), Trouble.TOO_MANY_ROWS),
        (b"a;" + b"b" * 501, Trouble.CELL_TOO_LONG),
    ],
)  # fmt: skip
def test_what_is_not_a_table(content: bytes, trouble: Trouble) -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(content)
    assert refused.value.trouble is trouble


def test_a_bomb_is_refused_before_it_is_unpacked_whole() -> None:
    content = bomb()
    assert len(content) < 200_000
    with pytest.raises(Unreadable) as refused:
        read_table(content)
    assert refused.value.trouble is Trouble.TOO_BIG


def test_a_sheet_with_a_cell_at_the_end_of_the_world_costs_one_upload() -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(far_cell())
    assert refused.value.trouble in (Trouble.TOO_BIG, Trouble.NOT_A_TABLE, Trouble.TOO_MANY_ROWS)


def test_a_workbook_without_a_sheet_is_no_table() -> None:
    with pytest.raises(Unreadable) as refused:
        read_table(with_part(book([["a"]]), "xl/worksheets/sheet1.xml", "<worksheet"))
    assert refused.value.trouble is Trouble.NOT_A_TABLE
