"""Nothing in the repository knows the machine it was made on, or a secret."""

import re

from tests.house.places import nothing, short, tracked

# In pieces, so that this file does not name what it looks for.
PLACES = ("/" + "work/", "/" + "root/", "/" + "home/")
HOSTS = (
    "py" + "thonhosted",
    "index-" + "url",
    "extra-" + "index",
    "registry." + "npm",
    "arti" + "factory",
)
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\b(AKIA|ghp_|xox[bp]-)[A-Za-z0-9]{12,}", re.ASCII
)
BINARY = {".png", ".jpg", ".webp", ".woff2", ".xlsx", ".pdf", ".ico", ".mo"}


def words() -> dict[str, str]:
    """The text of every tracked file, by name."""
    return {
        short(path): path.read_text("utf-8", errors="replace")
        for path in tracked()
        if path.suffix not in BINARY
    }


def test_no_file_names_a_place_of_this_machine() -> None:
    found = {
        f"{name}: {place}" for name, text in words().items() for place in PLACES if place in text
    }
    nothing(found, mend="Say it without naming the machine or the registry.")


def test_no_file_names_the_host_of_a_registry() -> None:
    found = {f"{name}: {host}" for name, text in words().items() for host in HOSTS if host in text}
    nothing(found, mend="Say it without naming the machine or the registry.")


def test_no_file_holds_a_key() -> None:
    assert [name for name, text in words().items() if SECRET.search(text)] == []


def test_nothing_big_or_made_is_committed() -> None:
    made = {".pyc", ".mo", ".sqlite3", ".whl", ".map"}
    assert [short(path) for path in tracked() if path.suffix in made] == []
    assert [short(p) for p in tracked() if p.stat().st_size > 1_500_000] == []
