"""A real PostgreSQL for tests: in a folder of its own, on a loopback port, ended with them."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD, DATABASE = "shop", "geheim&/Wort 17", "shop"


def program(name: str) -> str:
    """Find a program of PostgreSQL, where Debian puts them too."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or name


@dataclass(frozen=True)
class Server:
    """A server that runs."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """The address of its database, with the user."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{DATABASE}"

    def sql(self, *statements: str) -> str:
        """Run statements, and commands of psql."""
        asked = [part for statement in statements for part in ("-c", statement)]
        done = subprocess.run(
            [
                program("psql"),
                "-XqAt",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                "127.0.0.1",
                "-p",
                str(self.port),
                *asked,
            ],
            env={**os.environ, "PGUSER": USER, "PGPASSWORD": PASSWORD, "PGDATABASE": DATABASE},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def die(self) -> None:
        """End it at once, as a machine that loses its power does."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGQUIT)


@contextmanager
def server() -> Iterator[Server]:
    """Run a server."""
    folder = Path(tempfile.mkdtemp(prefix="tessera-postgres-"))
    who = _who()
    if who:
        shutil.chown(folder, who)
    (folder / "password").write_text(PASSWORD)
    (folder / "password").chmod(0o644)
    made = [
        "-D",
        folder / "data",
        "-U",
        USER,
        "-A",
        "scram-sha-256",
        "--pwfile",
        folder / "password",
        "--no-sync",
    ]
    _run(who, folder, program("initdb"), *map(str, made), "-E", "UTF8", "--locale", "C.UTF-8")
    port = _free_port()
    settings = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off -c log_statement=all"
    with (folder / "log").open("w") as log:
        started = subprocess.Popen(
            [program("postgres"), "-D", folder / "data", *settings.split()],
            cwd=folder,
            user=who,
            group=pwd.getpwnam(who).pw_gid if who else None,
            extra_groups=[] if who else None,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    running = Server(folder, port)
    try:
        _wait_for(started, port)
        subprocess.run(
            [program("createdb"), "-h", "127.0.0.1", "-p", str(port), DATABASE],
            env={**os.environ, "PGUSER": USER, "PGPASSWORD": PASSWORD},
            check=True,
        )
        yield running
    finally:
        started.send_signal(signal.SIGQUIT)
        started.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _who() -> str | None:
    """Name the user that runs it: it refuses to be run by root."""
    if os.getuid():
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(who: str | None, folder: Path, *command: str) -> None:
    group = pwd.getpwnam(who).pw_gid if who else None
    done = subprocess.run(
        command,
        cwd=folder,
        user=who,
        group=group,
        extra_groups=[] if who else None,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(started: subprocess.Popen[bytes], port: int) -> None:
    ready = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + 30
    while subprocess.run(ready).returncode:
        assert started.poll() is None and time.monotonic() < until, "it does not start"
        time.sleep(0.05)
