"""Run a command beside a throw-away PostgreSQL and Redis: ``python -m tests.servers COMMAND …``.

PostgreSQL is set up as a careful operator would: the tables belong to ``kring_owner``, the
application logs in as ``kring``, which owns nothing, is no superuser and may not bypass row-level
security. Nothing is written outside a temporary folder; both servers stop with the command.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROLES = """
CREATE ROLE kring_owner LOGIN NOSUPERUSER NOBYPASSRLS;
CREATE ROLE kring LOGIN CREATEDB NOINHERIT NOSUPERUSER NOBYPASSRLS;
GRANT kring_owner TO kring;
"""
# In template1, so that every test database begins like this.
TEMPLATE = """
GRANT CREATE, USAGE ON SCHEMA public TO kring_owner;
GRANT USAGE ON SCHEMA public TO kring;
ALTER DEFAULT PRIVILEGES FOR ROLE kring_owner
    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO kring;
ALTER DEFAULT PRIVILEGES FOR ROLE kring_owner GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO kring;
"""


NO_SERVERS = "NO POSTGRESQL OR REDIS. Mend it: sudo apt install postgresql redis-server"


def here() -> bool:
    """Whether both servers are on this machine."""
    try:
        return bool(_programme("initdb") and _programme("redis-server"))
    except FileNotFoundError:
        return False


def _programme(name: str) -> str:
    found = shutil.which(name)
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        found = found or shutil.which(name, path=str(folder))
    if found is None:
        raise FileNotFoundError(name)
    return found


def _install() -> None:
    """Install what is missing, when this machine lets us."""
    script = "source .ci/lib; apt_install postgresql redis-server"
    env = {**os.environ, "POSTGRES_SKIP_CLUSTER": "1"}
    subprocess.run(["bash", "-c", script], check=True, env=env, stdin=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def _demote() -> dict[str, object]:
    """PostgreSQL refuses to run as root: be nobody in particular."""
    if os.geteuid() != 0:
        return {}
    try:
        who = pwd.getpwnam("postgres")
    except KeyError:
        who = pwd.getpwnam("nobody")
    return {"user": who.pw_uid, "group": who.pw_gid, "extra_groups": []}


def _wait(port: int, name: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"{name} stopped at once with {process.returncode}.")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"{name} does not answer on port {port}.")


@contextmanager
def _running(command: list[str], port: int, name: str, how: dict[str, object]) -> Iterator[None]:
    process = subprocess.Popen(  # type: ignore[call-overload]
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **how
    )
    try:
        _wait(port, name, process)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A cluster of its own; gives the address the application uses."""
    how = {
        **_demote(),
        "cwd": str(folder),
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
    }
    if "user" in how:
        shutil.chown(folder, how["user"], how["group"])  # type: ignore[call-overload]
    data, port = folder / "cluster", _free_port()
    subprocess.run(
        [_programme("initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8"],
        check=True,
        stdout=subprocess.DEVNULL,
        **how,  # type: ignore[call-overload]
    )
    options = [
        f"-cport={port}",
        "-clisten_addresses=127.0.0.1",
        f"-cunix_socket_directories={folder}",
    ]
    options += ["-cfsync=off", "-csynchronous_commit=off", "-cmax_connections=200"]
    options += ["-clog_min_messages=panic"]
    command = [_programme("postgres"), "-D", str(data), *options]
    with _running(command, port, "PostgreSQL", {**how, "stderr": subprocess.DEVNULL}):
        import psycopg

        for base, words in (("postgres", ROLES), ("template1", TEMPLATE)):
            address = f"postgresql://postgres@127.0.0.1:{port}/{base}"
            for _ in range(50):
                try:
                    with psycopg.connect(address, autocommit=True) as door:
                        door.execute(words)
                    break
                except psycopg.OperationalError:  # it listens a moment before it answers
                    time.sleep(0.1)
        with psycopg.connect(
            f"postgresql://kring@127.0.0.1:{port}/postgres", autocommit=True
        ) as door:
            door.execute("CREATE DATABASE kring")
        yield f"postgres://kring@127.0.0.1:{port}/kring"


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """A Redis that keeps nothing on disk."""
    port = _free_port()
    command = [_programme("redis-server"), "--port", str(port), "--bind", "127.0.0.1"]
    command += ["--save", "", "--appendonly", "no", "--dir", str(folder)]
    with _running(command, port, "Redis", {}):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Both servers; gives the settings that use them."""
    if not here():
        _install()
    with tempfile.TemporaryDirectory(prefix="kring-servers-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("pg", "redis"):
            (folder / part).mkdir()
        with postgres(folder / "pg") as database, redis(folder / "redis") as memory:
            yield {
                "KRING_DATABASE_URL": database,
                "KRING_TEST_TABLE_OWNER": "kring_owner",
                "KRING_TEST_OWNER_URL": database.replace("kring@", "kring_owner@"),
                "KRING_REDIS_URL": memory,
            }


def main() -> int:
    """Run the command given on the command line beside both servers."""
    with servers() as addresses:
        return subprocess.run(sys.argv[1:], env={**os.environ, **addresses}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
