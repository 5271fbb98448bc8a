"""Looking everywhere a sentence could have been left behind: disks, databases, memory, browsers."""

import base64
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

from playwright.sync_api import Page

STORED = """async () => {
  const found = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
  for (const one of await indexedDB.databases()) found.push(JSON.stringify(one));
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const asked of await cache.keys()) {
      found.push(asked.url, await (await cache.match(asked)).text());
    }
  }
  found.push(document.cookie, JSON.stringify(history.state));
  return found.join("\\n");
}"""


def shapes(word: str) -> list[bytes]:
    """The ways in which a word can stand in a file: plain, wide, in an address, hex and base64."""
    plain = word.encode()
    found = [plain, word.encode("utf-16-le"), quote(word).encode(), plain.hex().encode()]
    for shift in range(3):
        coded = base64.b64encode(b"x" * shift + plain)
        found.append(coded[4 if shift else 0 : -4])
    return found


def in_bytes(words: Iterable[str], where: str, held: bytes) -> Iterator[str]:
    """Each word that stands in these bytes, in whatever shape."""
    for word in words:
        if any(shape in held for shape in shapes(word)):
            yield f"{word} in {where}"


def in_folder(words: Iterable[str], folder: Path) -> list[str]:
    """Each word in any file below a folder (databases, journals, logs, media, copies)."""
    found: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            try:
                held = path.read_bytes()
            except OSError:
                continue  # gone while we looked
            found += in_bytes(words, str(path.relative_to(folder)), held)
    return found


def in_browser(words: Iterable[str], page: Page, whose: str) -> list[str]:
    """Each word in what the browser of this page stores for us."""
    return list(in_bytes(words, f"the browser of {whose}", page.evaluate(STORED).encode()))


def in_redis(words: Iterable[str], address: str) -> list[str]:
    """Each word in any key or value; and Redis must not write to a disk at all."""
    import redis

    client = redis.Redis.from_url(address)
    settings = {**client.config_get("save"), **client.config_get("appendonly")}
    found = [] if settings == {"save": "", "appendonly": "no"} else [f"Redis writes: {settings}"]
    for key in client.scan_iter(count=1000):
        held = key + b" " + (client.dump(key) or b"")
        held += repr(client.lrange(key, 0, -1) if client.type(key) == b"list" else b"").encode()
        found += in_bytes(words, f"Redis {key!r}", held)
    return found


def in_postgres(words: Iterable[str], address: str) -> list[str]:
    """Each word in a dump, and in every file of the cluster after a checkpoint, its log included."""
    import psycopg

    port = urlsplit(address).port
    owner = f"postgresql://postgres@127.0.0.1:{port}/kring"
    with psycopg.connect(owner, autocommit=True) as door:
        door.execute("CHECKPOINT")
        row = door.execute("SHOW data_directory").fetchone()
        assert row is not None
        tables = door.execute(
            "SELECT quote_ident(table_name) FROM information_schema.tables"
            " WHERE table_schema = 'public'"
        ).fetchall()
        rows = [
            str(line)
            for (table,) in tables
            for line in door.execute(f"SELECT t::text FROM {table} t").fetchall()
        ]
    found = list(in_bytes(words, "the tables", "\n".join(rows).encode()))
    cluster = Path(row[0])
    for path in cluster.rglob("*"):
        if path.is_file():
            try:
                found += in_bytes(words, f"cluster/{path.relative_to(cluster)}", path.read_bytes())
            except OSError:
                continue
    return found


def backup(folder: Path) -> Path:
    """A copy as an operator makes it, of a database at home."""
    copy = folder / "backups"
    copy.mkdir(exist_ok=True)
    name = copy / "kring.sqlite3"
    name.unlink(missing_ok=True)
    source = folder / "kring.sqlite3"
    lines = "import sqlite3; a = sqlite3.connect({!r}); b = sqlite3.connect({!r}); a.backup(b); b.close()"
    subprocess.run(
        ["python3", "-c", lines.format(str(source), str(name))], check=True, capture_output=True
    )
    return name


def words_of(text: str) -> list[str]:
    """Every canary in a text: ``kanarie`` with a number."""
    return sorted(set(re.findall(r"kanarie\d+", text)))
