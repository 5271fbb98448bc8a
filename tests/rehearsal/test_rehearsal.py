"""Every protocol of every method, played to the end by bots: 1 (one device), 3, 8 and 30 people.

After every ask the laws are checked (see ``kring.meetings.engine.rehearsal``): replay equals live,
the two logs do not depend on each other, nobody reads a hidden card, a parked seat enters nothing,
every text shown exists in both languages.
"""

from random import Random

import pytest

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
