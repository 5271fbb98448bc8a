"""A series in a package: what is wrong is told with file, line and what to do."""

import pytest

from kring.methods.format.tests.examples import read, write

SERIES = """\
id: monthly
title: {nl: "Elke maand", en: "Every month"}
version: 1
purpose: {nl: "Samen blijven kijken.", en: "Keep looking together."}
not_when:
  - {nl: "Als er ruzie is.", en: "When there is a quarrel."}
meetings:
  - {id: begin, protocol: short_talk}
  - {id: end, protocol: short_talk, after_days: 14}
trial:
  after: begin
  invite: {nl: "Probeer het.", en: "Try it."}
  log:
    - {id: did, text: {nl: "Wat deden we?", en: "What did we do?"}}
rhythm:
  text: {nl: "Elke maand.", en: "Every month."}
  every_days: 28
  choices: [14, 28]
  uses: [short_talk]
on_the_table: [agreements, log]
ending: {nl: "Stoppen mag.", en: "You may stop."}
core_note: {nl: "Vrijwillig.", en: "Voluntary."}
"""


def written(tmp_path, text):
    folder = write(tmp_path)
    (folder / "series").mkdir()
    (folder / "series" / "monthly.yaml").write_text(text, "utf-8")
    return read(folder)


def test_a_right_series_is_read_whole(tmp_path):
    reading = written(tmp_path, SERIES)
    assert reading.mistakes == ()
    one = reading.package.series[0]
    assert (one.ref, one.moderator, [meeting.id for meeting in one.meetings]) == (
        "our_way/monthly", "rotates", ["begin", "end"],
    )  # fmt: skip
    assert one.attribution == reading.package.method.attribution


# (what to replace, by what, the line, what is said)
BROKEN = [
    ("uses: [short_talk]", "uses: [short_tlk]", 19,
     "rhythm.uses[1]: ‘short_tlk’ does not exist. Did you mean ‘our_way/short_talk’?"),
    ("id: begin, protocol: short_talk", "id: begin, protocol: long_talk", 8,
     "meetings[1].protocol: ‘long_talk’ does not exist. Did you mean ‘our_way/short_talk’?"),
    ("- {id: end,", "- {id: begin,", 9,
     "meetings[2].id: ‘begin’ already names a meeting. Choose another id."),
    ("after: begin", "after: begn", 11,
     "trial.after: The meeting ‘begn’ does not exist. Did you mean ‘begin’?"),
    ("after: begin", "after: end", 11,
     "trial.after: No meeting comes after ‘end’. You can choose from: begin."),
    ("choices: [14, 28]", "choices: [14]", 18,
     "rhythm.choices: The usual rhythm (28 days) is not among the choices. Add 28."),
    ("choices: [14, 28]", "choices: [0, 28]", 18,
     "rhythm.choices[1]: 0 days is not possible: choose 1 to 400."),
    ("on_the_table: [agreements, log]", "on_the_table: [agreements]", 20,
     "on_the_table: There is a trial, but its log does not come on the table. "
     "Put log in on_the_table."),
    ("on_the_table: [agreements, log]", "on_the_table: [agrements, log]", 20,
     "on_the_table[1]: ‘agrements’ is not possible here. Did you mean ‘agreements’?"),
    ('  - {nl: "Als er ruzie is.", en: "When there is a quarrel."}\n', "  []\n", 5,
     "not_when: ‘not_when’ is empty. "
     "Write when this series does not fit. Whoever starts it sees that first."),
    ("every_days: 28", "every_days: 0", 17, "rhythm.every_days: 0 is too little: 1 at least."),
]  # fmt: skip


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case[3][:40])
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path, case):
    old, new, line, sentence = case
    assert SERIES.count(old) == 1
    mistakes = written(tmp_path, SERIES.replace(old, new)).mistakes
    assert [one.say("en") for one in mistakes] == [f"series/monthly.yaml:{line}: {sentence}"]


def test_a_series_without_a_rhythm_is_refused(tmp_path):
    text = SERIES[: SERIES.index("rhythm:")] + SERIES[SERIES.index("on_the_table:") :]
    said = [one.say("en") for one in written(tmp_path, text).mistakes]
    assert said == ["series/monthly.yaml:1: rhythm: ‘rhythm’ is missing."]
