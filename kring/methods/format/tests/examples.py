"""The smallest package that is right; tests break one thing in it."""

from pathlib import Path

from kring.methods import shelf
from kring.methods.format.reader import Reading, read_package

METHOD = """\
id: our_way
title: {nl: "Onze manier", en: "Our way"}
version: 1
summary: {nl: "Kort.", en: "Short."}
source: {nl: "Zelf bedacht.", en: "Made ourselves."}
licence: CC BY-SA 4.0
permission_status: own
attribution: {inspired_by: "ourselves", licence: CC BY-SA 4.0, wording: own}
languages: [nl, en]
principles:
  - {id: listen, title: {nl: "Luisteren", en: "Listening"}, text: {nl: "Eerst luisteren.", en: "First listen."}}
"""

PROTOCOL = """\
id: short_talk
title: {nl: "Kort gesprek", en: "Short talk"}
version: 1
purpose: {nl: "Even horen wat werkt.", en: "Hear what works."}
not_when:
  - {nl: "Als er haast is.", en: "When in a hurry."}
group: {min: 3, normal: 6, max: 8}
minutes: {min: 20, normal: 30, max: 40}
core_note: {nl: "Iedereen wordt gehoord.", en: "Everybody is heard."}
roles:
  - {id: contributor, title: {nl: "inbrenger", en: "contributor"}, min: 1, max: 1}
phases:
  - use: open
    fill: {here_for: {nl: "horen wat werkt.", en: "hearing what works."}}
  - id: story
    title: {nl: "Verhaal", en: "Story"}
    minutes: 10
    steps:
      - id: story
        kind: one
        speaking: ONE
        role: contributor
        visibility: V3
        record: E
        prompts:
          - text: {nl: "Wat lukte er?", en: "What worked?"}
        entry: {label: {nl: "Dit lukte", en: "This worked"}, output: working_factor}
  - id: parked
    title: {nl: "Luister maar", en: "Just listen"}
    minutes: 5
    core: true
    may_skip: false
    steps:
      - {id: parked, kind: parked, speaking: PARKED, role: contributor}
  - id: round
    title: {nl: "Ronde", en: "Round"}
    minutes: 5
    steps:
      - {id: round, kind: round, speaking: ROUND}
  - use: harvest
outputs:
  - {type: working_factor}
never_record:
  - use: usual
  - {nl: "Het weer.", en: "The weather."}
"""

CHOOSER = """\
id: chooser
title: {nl: "Kiezer", en: "Chooser"}
purpose: {nl: "Kiezen.", en: "Choosing."}
attribution: {inspired_by: "ourselves", licence: CC BY-SA 4.0, wording: own}
questions:
  - id: first
    text: {nl: "Lukte er iets?", en: "Did something work?"}
    answers:
      - {id: agreed, text: {nl: "Ja", en: "Yes"}, protocol: short_talk}
      - {id: other, text: {nl: "Nee", en: "No"}, next: second}
  - id: second
    text: {nl: "Wat dan?", en: "What then?"}
    answers:
      - {id: talk, text: {nl: "Praten", en: "Talk"}, protocol: short_talk}
      - id: later
        text: {nl: "Iets anders", en: "Something else"}
        protocol: other_way/long_talk
        not_shipped_yet: {nl: "Komt nog.", en: "Still to come."}
"""


def write(folder: Path, **files: str) -> Path:
    """A package in ``folder``; ``files`` replaces texts (``method``, ``protocol``, ``chooser``)."""
    package = folder / "our_way"
    for name in ("protocols", "choosers"):
        (package / name).mkdir(parents=True, exist_ok=True)
    (package / "method.yaml").write_text(files.get("method", METHOD), "utf-8")
    (package / "protocols/short_talk.yaml").write_text(files.get("protocol", PROTOCOL), "utf-8")
    (package / "choosers/chooser.yaml").write_text(files.get("chooser", CHOOSER), "utf-8")
    return package


def read(package: Path) -> Reading:
    """Read it as the command does, with nothing else around."""
    return read_package(package, shared=shelf.shared())


def said(package: Path, language: str = "en") -> list[str]:
    """Every mistake in words."""
    return [mistake.say(language) for mistake in read(package).mistakes]
