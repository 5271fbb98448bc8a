"""A meeting of two thousand people costs what it costs per person, not per person squared.

The limits are ten times what was measured on two slow cores (in the comments), so that they only
fail when something becomes quadratic.
"""

from time import process_time

from kring.meetings.engine import audience, fold, mine, replay, see

from .toy import Table, phase, protocol, step

PEOPLE = 2000
OPEN = protocol(
    phase("open", step("open", "open", visibility="V3", record="K", entry=True)), outputs=()
)


def test_two_thousand_contributions() -> None:
    table = Table(OPEN, "m")
    for number in range(PEOPLE):
        table.do(f"s{number}", "take_seat")
    begun = len(table.log)
    for number in range(PEOPLE):
        table.do(f"s{number}", "contribute", text=f"tekst {number}")
    before = replay(OPEN, table.log[:begun])
    start = process_time()
    assert fold(before, table.log[begun:]) == table.state
    assert process_time() - start < 0.6  # measured 0.05 s for 4,000 events
    start = process_time()
    kinds = {audience(table.state, f"s{number}", "phone") for number in range(PEOPLE)}
    assert process_time() - start < 0.3  # measured 0.02 s
    assert len(kinds) == 1
    start = process_time()
    assert len(see(table.state, kinds.pop())["cards"]) == PEOPLE
    assert process_time() - start < 0.1  # measured 0.002 s, once for everybody
    start = process_time()
    assert all(len(mine(table.state, f"s{number}")["cards"]) == 1 for number in range(PEOPLE))
    assert process_time() - start < 0.5  # measured 0.03 s
