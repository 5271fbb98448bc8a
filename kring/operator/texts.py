"""The texts people see: which there are, and whether each has its Dutch.

Texts are written in English in code and templates. Dutch stands in each feature's own
``locale/nl/LC_MESSAGES/django.po``; the compiled file beside it is made, never kept.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib
from django.utils.translation.template import templatize

CODE = Path(__file__).resolve().parent.parent
# name of the function -> (place of the context, of the text, of the plural)
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
CALL_IN_TEMPLATE = re.compile(r"\b(?:n?p?gettext|_)\(")


class Text(NamedTuple):
    """One text to translate; ``where`` is a file of the code ("people/views.py")."""

    context: str | None
    msgid: str
    plural: str | None
    where: str


def catalogues() -> list[Path]:
    """Every ``.po`` file of every feature."""
    return sorted(CODE.glob("*/locale/*/LC_MESSAGES/django.po"))


def compile_all() -> int:
    """Compile what changed; the number of catalogues that were written."""
    written = 0
    for source in catalogues():
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            polib.pofile(str(source)).save_as_mofile(str(target))
            written += 1
    return written


def _in_tree(tree: ast.AST, where: str) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name not in CALLS:
            continue
        words = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        context, text, plural = (
            words[place] if place is not None and place < len(words) else None
            for place in CALLS[name]
        )
        if isinstance(text, str):
            yield Text(
                context if isinstance(context, str) else None,
                text,
                plural if isinstance(plural, str) else None,
                where,
            )


def in_python(source: str, where: str) -> Iterator[Text]:
    """The texts of a Python file."""
    yield from _in_tree(ast.parse(source), where)


def in_template(source: str, where: str) -> Iterator[Text]:
    """The texts of a template: Django turns it into something like Python, calls are read back."""
    almost = templatize(source, origin=where)
    for match in CALL_IN_TEMPLATE.finditer(almost):
        for end in (m.end() for m in re.finditer(r"\)", almost[match.start() :])):
            try:
                tree = ast.parse(almost[match.start() : match.start() + end].strip())
            except SyntaxError:
                continue
            yield from _in_tree(tree, where)
            break


def texts() -> Iterator[Text]:
    """Every text of the code, tests and migrations excepted."""
    for path in sorted(CODE.rglob("*.py")):
        place = path.relative_to(CODE)
        if not {"tests", "migrations"} & set(place.parts):
            yield from in_python(path.read_text("utf-8"), str(place))
    for path in sorted(CODE.rglob("*.html")) + sorted(CODE.rglob("*.txt")):
        place = path.relative_to(CODE)
        if not {"tests", "static", "_methods"} & set(place.parts):
            yield from in_template(path.read_text("utf-8"), str(place))


def _feature(where: str) -> str:
    parts = Path(where).parts
    return parts[0] if len(parts) > 1 else "operator"


def mistakes(language: str) -> list[str]:
    """What is wrong with the translations into ``language``, one sentence each."""
    found: list[str] = []
    catalogue: dict[str, dict[tuple[str | None, str], polib.POEntry]] = {}
    everywhere: dict[tuple[str | None, str], tuple[str, str]] = {}
    for path in catalogues():
        feature = path.relative_to(CODE).parts[0]
        if path.parent.parent.name != language:
            continue
        entries = catalogue.setdefault(feature, {})
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                continue
            key = (entry.msgctxt, entry.msgid)
            entries[key] = entry
            other, words = everywhere.setdefault(key, (feature, entry.msgstr))
            if words != entry.msgstr:
                found.append(
                    f"{feature}: “{entry.msgid}” is “{entry.msgstr}” here and “{words}” in {other};"
                    " choose one, or give it a context."
                )
    for text in sorted(set(texts()), key=lambda text: (text.where, text.msgid)):
        feature = _feature(text.where)
        known = catalogue.get(feature, {}).get((text.context, text.msgid))
        if reason := _lacking(known, text):
            found.append(f"{text.where}: “{text.msgid}” {reason} ({feature}/locale/{language}).")
    return found


def _lacking(entry: polib.POEntry | None, text: Text) -> str:
    if entry is None:
        return "has no translation"
    if entry.fuzzy:
        return "is marked fuzzy"
    if text.plural is not None:
        whole = len(entry.msgstr_plural) == 2 and all(entry.msgstr_plural.values())
        return "" if whole else "lacks one of its two forms"
    if not entry.msgstr:
        return "is not translated"
    wanted = sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", text.msgid))
    given = sorted(re.findall(r"%\(\w+\)[sd]|\{\w+\}", entry.msgstr))
    return "" if wanted == given else "does not have the same blanks to fill in"
