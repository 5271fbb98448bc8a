"""A folder becomes a package, or a list of mistakes with file, line and what to do."""

import os
import time

import pytest

from kring.methods import shelf
from kring.methods.format.reader import read_protocol
from kring.methods.format.tests.examples import CHOOSER, METHOD, PROTOCOL, read, said, write


def test_a_right_package_is_read_whole(tmp_path):
    reading = read(write(tmp_path))
    assert reading.mistakes == ()
    package = reading.package
    assert [phase.id for phase in package.protocol("short_talk").phases] == [
        "open", "story", "parked", "round", "harvest",
    ]  # fmt: skip
    assert package.protocol("short_talk").package == "our_way"
    assert package.protocol("short_talk").attribution == package.method.attribution
    assert [text.en for text in package.protocol("short_talk").never_record][-1] == "The weather."
    assert len(package.protocol("short_talk").never_record) == 7


def test_the_fingerprint_follows_the_content(tmp_path):
    first = read(write(tmp_path / "a")).package.fingerprint
    again = read(write(tmp_path / "b")).package.fingerprint
    other = read(write(tmp_path / "c", method=METHOD.replace("Short.", "Brief."))).package
    assert first == again != other.fingerprint


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


# (what to replace in the protocol, by what, the part whose line is named, what is said)
BROKEN = [
    ("speaking: ROUND", "speaking: ROUNDS", "speaking: ROUNDS",
     "phases[4].steps[1].speaking: ‘ROUNDS’ is not possible here. Did you mean ‘ROUND’?"),
    ("minutes: 10", "minuts: 10", "minuts: 10",
     "phases[2].minuts: ‘minuts’ is not known here. Did you mean ‘minutes’?"),
    ("minutes: 10", "minutes: ten", "minutes: ten", "phases[2].minutes: ‘ten’ is not a number."),
    ('nl: "Wat lukte er?", en: "What worked?"', 'nl: "Wat lukte er?"', "- text:",
     "phases[2].steps[1].prompts[1].text.en: ‘en’ is missing. Write the English text too."),
    ('- text: {nl: "Wat lukte er?", en: "What worked?"}', '- text: "Wat lukte er?"', "- text:",
     "phases[2].steps[1].prompts[1].text: Text in two languages belongs here. "
     'Write {nl: "…", en: "…"}.'),
    ("id: parked, kind", "id: story, kind", "{id: story, kind",
     "phases[3].steps[1].id: ‘story’ already names a step. Choose another id."),
    ("role: contributor\n", "role: contributer\n", "role: contributer",
     "phases[2].steps[1].role: The role ‘contributer’ is not among roles. "
     "Did you mean ‘contributor’?"),
    ("use: harvest", "use: harvst", "use: harvst",
     "phases[5].use: ‘harvst’ is not a shared part. Did you mean ‘harvest’?"),
    ("use: harvest", "use: ../../../etc/passwd", "use: ../",
     "phases[5].use: ‘../../../etc/passwd’ is not a shared part. "
     "You can choose from: checkin, checkout, harvest, open."),
    ("  - use: harvest\n", "", "outputs:",
     "outputs: There are outputs, but there is no harvest with consent. "
     "Add - use: harvest at the end."),
    ("here_for:", "hear_for:", "fill:",
     "phases[1].fill.hear_for: ‘hear_for’ cannot be filled in here. Did you mean ‘here_for’?"),
    ("type: working_factor", "type: working_facter", "type: working_facter",
     "outputs[1].type: ‘working_facter’ is not a kind of output. Did you mean ‘working_factor’?"),
    ('  - {nl: "Als er haast is.", en: "When in a hurry."}\n', "  []\n", "not_when:",
     "not_when: ‘not_when’ is empty. "
     "Write when this protocol does not fit. The planner sees that first."),
    ("    core: true\n    may_skip: false\n    steps:\n      - {id: parked",
     "    steps:\n      - {id: parked", "- id: parked",
     "phases[3]: A phase with parking is core. Write core: true and may_skip: false."),
    ("- {id: round, kind: round, speaking: ROUND}", "- {id: last, kind: lead, speaking: LEAD}",
     "{id: parked", "phases[3].steps[1]: After parking this role nowhere gets the floor back. "
     "Add a later step with kind: one and the same role."),
    ("minutes: 10\n    steps:\n      - id: story", "minutes: 10\n    before: true\n    steps:\n      - id: story",
     "before: true", "phases[2].before: Beforehand everybody is alone: that can only be writing, "
     "before all other phases. Put this phase first with kind: write, or take before away."),
    ("minutes: 10\n    steps:\n      - id: story", "minutes: 10\n    per: contribtor\n    steps:\n      - id: story",
     "per: contribtor", "phases[2].per: The role ‘contribtor’ is not among roles. "
     "Did you mean ‘contributor’?"),
    ("minutes: {min: 20", "minutes: {min: 90", "minutes: {min: 90",
     "minutes: The numbers are not in order. It should be: min ≤ normal ≤ max."),
    ("visibility: V3\n        record: E", "visibility: V1\n        record: E", "record: E",
     "phases[2].steps[1].record: V1 (only you) and P (private note) belong together. "
     "Use both, or neither."),
    ('nl: "Even horen wat werkt."', 'nl: "Wie is de dader?"', "purpose:",
     "purpose.nl: We do not use the word ‘dader’. Write ‘degene die het deed’, for example."),
    ('en: "Everybody is heard."', 'en: "Iedereen wordt gehoord."', "core_note:", None),
    ("id: short_talk\n", "id: Short Talk\n", "id: Short Talk",
     "id: ‘Short Talk’ is not possible here. "
     "Use small letters, digits and _ and begin with a letter, such as ‘short_talk’."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "part", "words"), BROKEN)
def test_a_mistake_is_told_with_its_line_and_what_to_do(tmp_path, old, new, part, words):
    text = PROTOCOL.replace(old, new, 1)
    assert text != PROTOCOL
    package = write(tmp_path, protocol=text)
    told = said(package)
    begin = f"protocols/short_talk.yaml:{line_of(text, part)}: "
    if words is None:
        assert told == []  # four words that are the same in both languages would be one too many
        return
    assert begin + words in told, told
    dutch = said(package, "nl")
    assert len(dutch) == len(told)
    assert dutch != told


BEFORE = """\
  - id: alone
    title: {nl: "Vooraf", en: "Before"}
    minutes: 100
    before: true
    steps:
      - id: alone
        kind: write
        speaking: SILENT
        visibility: V1
        record: P
        prompts:
          - text: {nl: "Wat lukte er?", en: "What worked?"}
        entry: {label: {nl: "Voor jezelf", en: "For yourself"}}
"""


def test_what_is_done_alone_beforehand_does_not_count_in_the_minutes(tmp_path):
    text = PROTOCOL.replace("phases:\n", f"phases:\n{BEFORE}", 1)
    assert said(write(tmp_path, protocol=text)) == []
    told = said(write(tmp_path, protocol=text.replace("    before: true\n", "")))
    assert [one for one in told if "minutes: The phases take" in one] != []


def test_a_text_that_was_not_translated_is_a_mistake(tmp_path):
    text = PROTOCOL.replace('en: "Hear what works."', 'en: "Even horen wat werkt."')
    assert said(write(tmp_path, protocol=text)) == [
        f"protocols/short_talk.yaml:{line_of(text, 'purpose')}: purpose.en: "
        "The English text equals the Dutch one. Translate it."
    ]


@pytest.mark.parametrize("name", ["licence", "attribution", "source", "permission_status"])
def test_a_package_says_who_may_use_it_and_where_it_comes_from(tmp_path, name):
    text = "".join(line for line in METHOD.splitlines(True) if not line.startswith(f"{name}:"))
    told = said(write(tmp_path, method=text))
    assert any(f"method.yaml:1: {name}: ‘{name}’ is missing." in one for one in told), told


def test_what_needs_permission_is_refused(tmp_path):
    text = METHOD.replace("permission_status: own", "permission_status: needs_permission")
    assert said(write(tmp_path, method=text)) == [
        "method.yaml:7: permission_status: This still needs permission. "
        "Ask the owner of the rights first. Until then Kring does not take it in."
    ]


def test_both_languages_are_named(tmp_path):
    text = METHOD.replace("[nl, en]", "[nl]")
    assert said(write(tmp_path, method=text)) == [
        "method.yaml:9: languages: The language ‘en’ is missing. Write languages: [nl, en]."
    ]


CHOICES = [
    ("next: second", "next: secnd", "There is no later question ‘secnd’. Did you mean ‘second’?"),
    ("next: second", "next: first", "There is no later question ‘first’. You can choose from: second."),
    ("protocol: short_talk", "protocol: shrt_talk", "‘shrt_talk’ does not exist."),
    ("next: second", "why: {nl: Ja, en: Yes}",
     "An answer leads to a question (next) or to a protocol."),
    ("other_way/long_talk", "short_talk", "‘short_talk’ exists by now."),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), CHOICES)
def test_a_chooser_leads_somewhere(tmp_path, old, new, words):
    told = said(write(tmp_path, chooser=CHOOSER.replace(old, new, 1)))
    assert any(words in one for one in told), told


def test_files_that_do_not_belong_are_never_opened(tmp_path):
    package = write(tmp_path)
    (package / "run.py").write_text("raise SystemExit", "utf-8")
    (package / "protocols" / "old.yml").write_text("a: 1", "utf-8")
    (package / "stray.yaml").write_text("a: 1", "utf-8")
    (package / "src").mkdir()
    (package / "README.md").write_text("fine", "utf-8")
    secret = tmp_path / "secret.yaml"
    secret.write_text("id: secret\nword: hush", "utf-8")
    os.symlink(secret, package / "protocols" / "link.yaml")
    os.symlink(tmp_path, package / "cards")
    os.mkfifo(package / "instruments.yaml")
    os.mkfifo(package / "protocols" / "pipe.yaml")
    told = said(package)
    assert [one.split(": ", 1)[0] for one in told] == [
        "cards:0", "instruments.yaml:0", "protocols/link.yaml:0", "protocols/old.yml:0",
        "protocols/pipe.yaml:0", "run.py:0", "src:0", "stray.yaml:0",
    ]  # fmt: skip
    assert "hush" not in " ".join(told)
    assert "No code." in next(one for one in told if one.startswith("run.py"))


def test_a_hundred_megabytes_are_refused_without_being_read(tmp_path):
    package = write(tmp_path)
    with (package / "protocols" / "big.yaml").open("wb") as big:
        big.truncate(100_000_000)
    began = time.monotonic()
    told = said(package)
    assert time.monotonic() - began < 5
    assert told == [
        "protocols/big.yaml:0: This file is larger than 200 kB. A protocol is a few pages of text."
    ]


def test_a_package_that_is_large_as_a_whole_is_refused(tmp_path):
    package = write(tmp_path)
    for number in range(20):
        (package / "protocols" / f"p{number}.yaml").write_text("#" * 190_000, "utf-8")
    assert "protocols/p5.yaml:0: The package is too large as a whole." in said(package)


def test_a_broken_protocol_is_not_also_missing_elsewhere(tmp_path):
    told = said(write(tmp_path, protocol=PROTOCOL.replace("minutes: 10", "minutes: ten")))
    assert [one.split(":")[0] for one in told] == ["protocols/short_talk.yaml"]


def test_too_many_files_are_refused(tmp_path):
    package = write(tmp_path)
    for number in range(250):
        (package / "protocols" / f"p{number}.yaml").write_text("a: 1", "utf-8")
    assert any("There are more than 200 files." in one for one in said(package))


@pytest.mark.parametrize("text", ["", "[]", "7", "- a", '"x"', "null", "a: &b 1", "{"])
@pytest.mark.parametrize("which", ["method", "protocol", "chooser"])
def test_nonsense_is_told_and_never_raises(tmp_path, which, text):
    assert said(write(tmp_path, **{which: text})) != []


def test_a_folder_that_is_not_there_and_one_without_method(tmp_path):
    assert said(tmp_path / "nowhere") != []
    (tmp_path / "empty").mkdir()
    assert said(tmp_path / "empty") == [
        "method.yaml:0: This file is missing. "
        "It holds the name, the source and the licence of the package.",
        "protocols:0: There is no protocol in the folder protocols.",
    ]


def test_one_protocol_by_itself_says_where_it_comes_from(tmp_path):
    file = tmp_path / "short_talk.yaml"
    file.write_text(PROTOCOL, "utf-8")
    lacking = read_protocol(file, shared=shelf.shared())
    assert [one.path for one in lacking.mistakes] == [("attribution",)]
    file.write_text(
        PROTOCOL + "attribution: {inspired_by: us, licence: CC0, wording: own}\n", "utf-8"
    )
    assert read_protocol(file, shared=shelf.shared()).protocol.id == "short_talk"


def test_a_file_is_called_after_its_id(tmp_path):
    package = write(tmp_path)
    (package / "protocols/short_talk.yaml").rename(package / "protocols/talk.yaml")
    assert said(package) == [
        "protocols/talk.yaml:1: id: This file says id: short_talk. Call the file short_talk.yaml."
    ]
