"""``docs/writing-a-method.md`` is followed to the letter: its files, its commands, its answers."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kring.__main__ import words

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "writing-a-method.md"
TEXT = GUIDE.read_text("utf-8")
FILES = re.findall(r"^```yaml (\S+)\n(.*?)^```", TEXT, re.M | re.S)
COMMANDS = re.findall(
    r"(?:^<!-- replace (\S+): (.*?) -> (.*?) -->\n)?^```console\n\$ kring (.*?)\n(.*?)^```",
    TEXT,
    re.M | re.S,
)


@pytest.fixture
def _written(tmp_path, monkeypatch):
    """Somebody typed over the files of the guide."""
    for name, content in FILES:
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    monkeypatch.chdir(tmp_path)


def answer(command, capsys):
    """What the command says, and its last word when something is wrong."""
    try:
        call_command(*words(command.split()))
    except CommandError as error:
        return f"{capsys.readouterr().out}{error}\n"
    return capsys.readouterr().out


def test_the_guide_has_its_parts():
    assert [name for name, _content in FILES] == [
        "our_way/method.yaml", "our_way/protocols/bright_spots.yaml",
        "our_way/series/every_friday.yaml",
    ]  # fmt: skip
    assert [command.split()[1] for *_how, command, _said in COMMANDS] == [
        "check", "check", "check", "rehearse",
    ]  # fmt: skip


@pytest.mark.usefixtures("_written")
@pytest.mark.parametrize("number", range(3))
def test_checking_answers_what_the_guide_says(number, capsys):
    name, old, new, command, said = COMMANDS[number]
    if name:
        before = Path(name).read_text("utf-8")
        assert before.count(old) == 1
        Path(name).write_text(before.replace(old, new), "utf-8")
    assert answer(command, capsys) == said


@pytest.mark.usefixtures("_written")
def test_the_rehearsal_goes_as_the_guide_says_and_every_size_comes_to_its_end(capsys):
    *_how, command, said = COMMANDS[3]
    assert answer(command, capsys) == said
    assert said.count("reached the end") == 4


def test_every_word_in_the_table_exists():
    from kring.methods.format.shapes import Record, Speaking, StepKind, Visibility

    table = re.search(r"^\| Word .*?\n\n", TEXT, re.M | re.S)
    assert table is not None
    rows = {
        row.split("|")[1].strip(" `"): set(re.findall(r"`(\w+)`", row.split("|")[3]))
        for row in table[0].strip().splitlines()[2:]
    }
    assert rows["kind"] == {kind.value for kind in StepKind}
    assert rows["speaking"] == {rule.value for rule in Speaking}
    assert rows["visibility"] == {seen.value for seen in Visibility}
    assert rows["record"] == {kept.value for kept in Record}
