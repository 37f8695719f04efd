"""Where a database is, apart from who reads it: an address can be shown and kept, a login cannot."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NoReturn
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from segmentation.errors import OptionError


class System(StrEnum):
    """The database systems that can be read."""

    POSTGRESQL = "postgresql"
    SQLITE = "sqlite"
    SNOWFLAKE = "snowflake"
    BIGQUERY = "bigquery"


FORMS = {
    System.POSTGRESQL: "postgresql://user@host:5432/database",
    System.SQLITE: "sqlite:///path/to/file.db",
    System.SNOWFLAKE: "snowflake://user@account/database/schema?warehouse=NAME",
    System.BIGQUERY: "bigquery://project/dataset",
}
_OPTIONS = {
    System.POSTGRESQL: {"host", "sslmode", "sslrootcert"},
    System.SQLITE: set[str](),
    System.SNOWFLAKE: {"warehouse", "role"},
    System.BIGQUERY: set[str](),
}


@dataclass(frozen=True)
class Address:
    """A database: its system, host (an account, a project), name and options; never a user or a password."""

    system: System
    host: str
    port: int | None
    database: str
    options: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Return what is shown, and kept as the name of the source."""
        port = f":{self.port}" if self.port else ""
        options = "&".join(f"{name}={quote(value)}" for name, value in self.options)
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.system}://{host}{port}/{quote(self.database.lstrip('/'))}" + (
            f"?{options}" if options else ""
        )


@dataclass(frozen=True)
class Login:
    """Who reads, for as long as it takes: it is written nowhere, and shown nowhere."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def hidden(self, text: str) -> str:
        """Return a text without the password, however it is written there."""
        for secret in filter(None, {self.password, quote(self.password, safe=""), quote(self.password)}):
            text = text.replace(secret, "…")
        return text


def read_address(text: str) -> tuple[Address, str]:
    """Take an address apart; return it, and the user that it names.

    :raises OptionError: if it cannot be read, or holds a password; it is not repeated then.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        _refuse()
    scheme = "postgresql" if parts.scheme == "postgres" else parts.scheme
    if scheme not in set(System):
        raise OptionError("this is no address of a database.", f"They begin with: {', '.join(System)}.")
    if parts.password is not None:
        raise OptionError(
            "the address holds a password, which would be kept with it.",
            "Leave it out, and give it by itself: typed, with --password, or in TESSERA_DATABASE_PASSWORD.",
        )
    system = System(scheme)
    database = _database(system, parts)
    options = parse_qsl(parts.query)
    unknown = sorted({name for name, _ in options} - _OPTIONS[system])
    if unknown or parts.fragment or "@" in parts.path or not database:
        _refuse(system)
    host = unquote(parts.hostname or "")
    return Address(system, host, port, database, tuple(options)), unquote(parts.username or "")


def _database(system: System, parts: SplitResult) -> str:
    path = unquote(parts.path)
    if system is System.SQLITE:
        return str(Path(path).absolute()) if path.strip("/") and not parts.netloc else ""
    return path.strip("/")


def _refuse(system: System | None = None) -> NoReturn:
    forms = [FORMS[system]] if system else list(FORMS.values())
    raise OptionError("the address of the database cannot be read.", f"Write it as {' or '.join(forms)}.")
