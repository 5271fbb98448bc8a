"""``kring method check``: plain words, the right exit code, two words."""

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from kring.__main__ import words
from kring.methods import shelf
from kring.methods.format.tests.examples import PROTOCOL, write


def test_two_words_are_one_command():
    assert words(["method", "check", "x"]) == ["method_check", "x"]
    assert words(["method", "rehearse", "x"]) == ["method_rehearse", "x"]
    assert words(["migrate", "method"]) == ["migrate", "method"]
    assert words(["method"]) == ["method"]


def test_a_right_package_is_called_right(tmp_path, capsys):
    package = write(tmp_path)
    call_command("method_check", str(package), language="en")
    assert capsys.readouterr().out == f"{package}: ‘Our way’ is right. Protocols: 1.\n"


@pytest.mark.parametrize(
    ("language", "words", "end"),
    [
        ("en", "‘ten’ is not a number.", "There is one mistake."),
        ("nl", "‘ten’ is geen getal.", "Er is één fout."),
    ],
)
def test_mistakes_are_told_in_the_language_asked_for(tmp_path, capsys, language, words, end):
    package = write(tmp_path, protocol=PROTOCOL.replace("minutes: 10", "minutes: ten"))
    with pytest.raises(CommandError) as caught:
        call_command("method_check", str(package), language=language)
    assert (str(caught.value), caught.value.returncode) == (end, 1)
    place = f"{package}/protocols/short_talk.yaml:17: phases[2].minutes: "
    assert capsys.readouterr().out == f"{place}{words}\n"


def test_the_command_ends_with_one_when_something_is_wrong(tmp_path):
    package = write(tmp_path, protocol=PROTOCOL.replace("minutes: 10", "minutes: ten"))
    command = [sys.executable, "-m", "kring", "method", "check", str(package), "--language", "en"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, "is not a number" in ended.stdout) == (1, True), ended.stderr
    assert "Traceback" not in ended.stderr


def test_every_shipped_package_is_right(capsys):
    root = shelf.content()
    call_command("method_check", *[str(root / name) for name in shelf.names(root)], language="nl")
    assert capsys.readouterr().out.count("klopt") == len(shelf.names(root)) >= 3
