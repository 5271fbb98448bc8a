"""The shape of the house (docs: house rules): sizes, names and what each folder holds."""

import ast
import re
from pathlib import Path

import pytest

from tests.house.places import CODE, FEATURES, nothing, python, short, tracked

LINES, LINES_OF_A_FUNCTION, LINES_OF_BASE = 400, 40, 1500
FORBIDDEN = {"utils", "helpers", "services", "managers", "signals", "common"}

# Named exceptions, each with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function from its ``def`` to its end, without its docstring."""
    begin, end = function.lineno, function.end_lineno or function.lineno
    said = function.body[0]
    told = isinstance(said, ast.Expr) and isinstance(said.value, ast.Constant)
    return end - begin + 1 - ((said.end_lineno or 0) - said.lineno + 1 if told else 0)


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function of a file, methods and inner ones too."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return [
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)
    ]


def test_no_file_is_over_400_lines() -> None:
    """Make it a folder of the same name, with the same door."""
    sizes = {short(path): len(path.read_text("utf-8").splitlines()) for path in python()}
    long = {name: n for name, n in sizes.items() if n > LINES}
    mend = "Over 400 lines: make it a folder of the same name with the same door."
    nothing((f"{n} {name}" for name, n in long.items() if name not in LONG_FILES), mend=mend)
    nothing(set(LONG_FILES) - set(long), mend="No exception any more: take it off the list.")


def test_no_function_is_over_40_lines() -> None:
    """Say in the name of a smaller function what the part does."""
    sizes = {
        f"{short(path)}::{function.name}": length(function)
        for path in python()
        for function in functions(path)
    }
    long = {name: n for name, n in sizes.items() if n > LINES_OF_A_FUNCTION}
    mend = "Over 40 lines: say in the name of a smaller function what a part does."
    nothing((f"{n} {name}" for name, n in long.items() if name not in LONG_FUNCTIONS), mend=mend)
    nothing(set(LONG_FUNCTIONS) - set(long), mend="No exception any more: take it off the list.")


def test_nothing_is_called_by_what_it_is_not() -> None:
    """A name such as utils says nothing about what is inside."""
    names = {part.removesuffix(".py") for path in tracked() for part in path.parts}
    assert names & FORBIDDEN == set()


def test_base_stays_small() -> None:
    """Mechanisms without tables: 1,500 lines at most, tests not counted."""
    files = [p for p in python() if CODE / "base" in p.parents and "tests" not in p.parts]
    assert sum(len(path.read_text("utf-8").splitlines()) for path in files) <= LINES_OF_BASE


@pytest.mark.parametrize("feature", FEATURES, ids=lambda path: path.name)
def test_every_folder_says_what_it_is(feature: Path) -> None:
    """Its README, about ten lines: what, its words, what must always hold."""
    readme = feature / "README.md"
    assert readme.exists(), f"{short(readme)} is missing"
    assert 3 <= len(readme.read_text("utf-8").splitlines()) <= 60


def test_every_package_and_public_module_says_what_it_is() -> None:
    silent = []
    for path in python():
        words = path.read_text("utf-8")
        is_code = CODE in path.parents and "tests" not in path.parts
        if is_code and words.strip() and ast.get_docstring(ast.parse(words)) is None:
            silent.append(short(path))
    nothing(silent, mend="Say in the first lines what the module is for.")


def test_a_suppression_says_why() -> None:
    """``# noqa: S608 - reason``, ``# type: ignore[code]  # reason``; never a bare one."""
    bare = re.compile(
        r"#\s*noqa(?!: ?[A-Z]+\d+(, ?[A-Z]+\d+)* *(-|\(|#|  ).*\w)"
        r"|#\s*type:\s*ignore(?!\[[\w, -]+\] *# *\w)"
    )
    found = [
        f"{short(path)}:{number}"
        for path in python()
        if path.name != "test_shape.py" and "tests" not in path.parts
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if bare.search(line)
    ]
    nothing(found, mend="Say why: `# noqa: S608 - names come from models`.")


def test_no_work_is_left_for_later_in_a_comment() -> None:
    words = re.compile(r"#\s*(TODO|FIXME|XXX|HACK)\b")
    found = [
        short(path) for path in python(migrations=True) if words.search(path.read_text("utf-8"))
    ]
    nothing(found, mend="Do it now, or file an issue and leave the comment out.")


def test_one_list_of_packages_is_part_of_the_other() -> None:
    """What tests use is what the server uses, the same versions."""
    folder = CODE.parent / "requirements"
    run, dev = (
        set(re.findall(r"^([\w.-]+)==(\S+)", (folder / name).read_text("utf-8"), re.M))
        for name in ("run.txt", "dev.txt")
    )
    assert run - dev == set()
