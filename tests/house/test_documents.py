"""Documents say what the code does."""

import re
import subprocess
import sys

import pytest

from tests.house.places import CODE, ROOT, nothing, tracked


def test_the_page_of_settings_names_every_setting_and_no_other() -> None:
    code = (CODE / "settings.py").read_text("utf-8")
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"(\w+)\"", code))
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/settings.md").read_text("utf-8"), re.M))
    assert read == told


def test_no_document_names_a_file_that_is_not_there() -> None:
    """Links of Markdown files lead somewhere."""
    dead = []
    for path in tracked():
        if path.suffix != ".md":
            continue
        for link in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", path.read_text("utf-8")):
            if not (path.parent / link).exists():
                dead.append(f"{path.relative_to(ROOT)}: {link}")
    nothing(dead, mend="This link leads nowhere:")


def test_every_decision_says_what_and_what_would_change_our_mind() -> None:
    parts = (
        "Context",
        "Decision",
        "Consequences",
        "What would change our mind",
    )
    lacking = []
    numbers = []
    for path in sorted((ROOT / "docs/decisions").glob("*.md")):
        words = path.read_text("utf-8")
        numbers.append(path.name[:4])
        lacking += [
            f"{path.name}: {part}"
            for part in parts
            if not re.search(rf"^(\*\*|#+ ){part}", words, re.M)
        ]
    nothing(lacking, mend="A decision has four parts:")
    assert len(numbers) == len(set(numbers))


def test_the_licence_is_the_one_that_is_named() -> None:
    first = (ROOT / "LICENSE").read_text("utf-8").splitlines()[0]
    assert first == "EUROPEAN UNION PUBLIC LICENCE v. 1.2"
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("script", sorted((ROOT / ".ci").iterdir()), ids=lambda path: path.name)
def test_scripts_are_sound(script: object) -> None:
    done = subprocess.run(["bash", "-n", str(script)], capture_output=True, check=False)
    assert done.stderr == b""


def test_what_deploys_is_sound() -> None:
    """The files in deploy/ name the commands and settings that there are."""
    from ruamel.yaml import YAML

    compose = YAML(typ="safe").load((ROOT / "deploy/compose.yaml").read_text("utf-8"))
    assert set(compose["services"]) == {"prepare", "web", "clock", "postgres", "valkey", "nginx"}
    told = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/settings.md").read_text("utf-8"), re.M))
    words = "\n".join(p.read_text("utf-8") for p in (ROOT / "deploy").iterdir() if p.is_file())
    assert set(re.findall(r"\bKRING_[A-Z_]+\b", words)) - told == set()
    commands = set(
        re.findall(
            r"\bkring (\w+)",
            "\n".join(line for line in words.splitlines() if re.search(r"command|Exec", line)),
        )
    )
    known = subprocess.run(
        [sys.executable, "-m", "kring", "help", "--commands"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout.split()
    assert commands
    assert commands - set(known) == set()
