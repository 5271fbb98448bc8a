"""Every protocol of every method, played to the end by bots: 1 (one device), 3, 8 and 30 people.

After every ask the laws are checked (see ``kring.meetings.engine.rehearsal``): replay equals live,
the two logs do not depend on each other, nobody reads a hidden card, a parked seat enters nothing,
every text shown exists in both languages.
"""

from random import Random

import pytest
from django.core.management import CommandError, call_command

from kring.meetings.engine.rehearsal import rehearse
from kring.methods.format.shapes import Protocol
from kring.methods.shelf import shipped

PROTOCOLS = shipped().protocols


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("people", [1, 3, 8, 30])
@pytest.mark.parametrize("protocol", PROTOCOLS, ids=[protocol.id for protocol in PROTOCOLS])
def test_every_protocol_comes_to_its_end(protocol: Protocol, people: int, seed: int) -> None:
    report = rehearse(protocol, people, Random(f"{protocol.id} {people} {seed}"))
    assert report.mistakes == ()
    assert report.closed
    assert [one.step for one in report.steps] == [step.id for step in protocol.steps]
    assert report.one_device is (people < max(2, protocol.group.min))


@pytest.mark.parametrize("protocol", PROTOCOLS, ids=[protocol.id for protocol in PROTOCOLS])
def test_a_meeting_goes_on_when_the_server_dies_in_every_step(protocol: Protocol) -> None:
    report = rehearse(protocol, 8, Random(protocol.id), crash=True)
    assert report.mistakes == ()
    assert [one.step for one in report.steps] == [step.id for step in protocol.steps]


def test_the_command_tells_how_it_went(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("method_rehearse", "opening_circle", "--people=1", "--people=4", "--language=en")
    assert capsys.readouterr().out.splitlines() == [
        "Opening circle",
        "  one person, one device: reached the end; 4 steps, 0 harvested",
        "  4 people: reached the end; 4 steps, 0 harvested",
    ]


def test_the_command_explains_what_it_cannot_find() -> None:
    with pytest.raises(CommandError, match="geen protocol van ons"):
        call_command("method_rehearse", "no_such_thing", "--language=nl")
