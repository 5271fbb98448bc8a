"""Reading hostile and clumsy text: refused in plain words, in bounded time and memory."""

import contextlib
import time
import tracemalloc

import pytest

from kring.methods.format.source import Limits, Source, Trouble, read


def trouble(text: str | bytes, limits: Limits | None = None) -> Trouble:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(Trouble) as caught:
        read(raw, limits=limits or Limits())
    return caught.value


def test_plain_values_of_yaml_1_2_and_their_lines():
    source = read(b'a: 1\nb: [no, yes, 2026-01-01, "3", 0.5, true, null]\nc:\n  d: >\n    long\n')
    assert source == Source(
        {"a": 1, "b": ["no", "yes", "2026-01-01", "3", 0.5, True, None], "c": {"d": "long\n"}},
        {
            (): 1, ("a",): 1, ("b",): 2, ("b", 0): 2, ("b", 1): 2, ("b", 2): 2, ("b", 3): 2,
            ("b", 4): 2, ("b", 5): 2, ("b", 6): 2, ("c",): 3, ("c", "d"): 4,
        },
    )  # fmt: skip
    assert source.line(("c", "d", "e", 3)) == 4


BILLION = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a},*{a}]\n"
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

REFUSED = [
    (BILLION, 1, "Anchors"),
    ("a: *b", 1, "aliases"),
    ("x: 1\na: !!python/object/apply:os.system ['true']", 2, "Tags"),
    ("a: !custom 1", 1, "Tags"),
    ("!!map {a: 1}", 1, "Tags"),
    ("%YAML 1.1\n---\na: 1", 2, "Lines with %"),
    ("%TAG ! tag:example.org,2000:\n---\na: 1", 2, "Lines with %"),
    ("a: 1\n---\nb: 2", 2, "two documents"),
    ("a: 1\nb: 2\na: 3", 3, "‘a’ is here twice"),
    ("{[a]: 1}", 1, "one word before the colon"),
    ("a:\n\tb: 1", 2, "The form"),
    ("a: b: c", 1, "The form"),
    ('a: "open', 1, "The form"),
    ("a: [1, 2", 1, "The form"),
    ("a: 1\n  b: 2", 2, "The form"),
    (b"a: 1\nb: \xff\xfe", 2, "not UTF-8"),
    ("a: 1\nb: \x07", 2, "invisible sign"),
    ("a: " + "[" * 40 + "]" * 40, 1, "nested too deeply"),
    ("x\n" * 0 + "a: [" + "1," * 30_000 + "]", 1, "too large"),
]


@pytest.mark.parametrize(("text", "line", "words"), REFUSED)
def test_what_is_refused_and_on_which_line(text, line, words):
    caught = trouble(text)
    assert (caught.line, words in caught.wrong.en) == (line, True), caught.wrong.en
    assert caught.wrong.nl
    assert caught.wrong.nl != caught.wrong.en


def test_a_colon_in_a_text_gets_the_advice_to_use_quotes():
    assert "double quotes" in trouble("a: why: because").hint.en
    assert "aanhalingstekens" in trouble("a: why: because").hint.nl


def test_tabs_get_the_advice_to_use_spaces():
    assert trouble("a:\n\t- b").hint.en == "Indent with spaces, not with tabs."


HOSTILE = {
    "billion laughs": BILLION,
    "deep lists": "[" * 190_000,
    "deep maps": "{a: " * 45_000,
    "deep blocks": "".join(" " * n + "a:\n" for n in range(600)),
    "deep dashes": "- " * 90_000 + "x",
    "question marks": "? " * 90_000,
    "one long key": "a" * 190_000 + ": 1",
    "many keys": "".join(f"k{n}: 1\n" for n in range(20_000)),
    "long quoted text": 'a: "' + "\\u00e9" * 31_000 + '"',
    "folded lines": "a: >\n" + "  x\n" * 45_000,
    "commas": "a: [" + "," * 190_000,
    "comments": "#\n" * 95_000 + "a: 1",
    "colons": "a: " + ":" * 190_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_costs_bounded_time_and_memory(name):
    raw = HOSTILE[name].encode()
    assert len(raw) <= 200_000
    tracemalloc.start()
    began = time.process_time()
    with contextlib.suppress(Trouble):
        read(raw)
    spent = time.process_time() - began
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert spent < 20, f"{name}: {spent:.1f} s"  # traced: several times slower than for real
    assert peak < 60_000_000, f"{name}: {peak / 1e6:.0f} MB"


def test_a_large_file_is_refused_before_it_is_read():
    assert trouble(b"a" * 200_001).wrong.en == "This file is larger than 200 kB."
