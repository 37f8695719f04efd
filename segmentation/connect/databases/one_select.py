"""A question of the person's own, taken only where it is one SELECT and nothing else."""

from __future__ import annotations

from segmentation.connect.databases.address import System
from segmentation.connect.databases.words import INSTALL
from segmentation.errors import NotInstalledError, OptionError

DIALECTS = {
    System.POSTGRESQL: "postgres",
    System.SQLITE: "sqlite",
    System.SNOWFLAKE: "snowflake",
    System.BIGQUERY: "bigquery",
}
HOW = "Write one SELECT, which may begin with WITH."


def one_select(sql: str, system: System) -> str:
    """Return the question without what ends it.

    It is run in a transaction that can only read, so that this spares a person surprises and is no wall.

    :raises OptionError: if it is not exactly one SELECT, or holds something that writes.
    """
    try:
        from sqlglot import exp, parse
        from sqlglot.errors import SqlglotError
    except ImportError:
        raise NotInstalledError(
            "checking a SELECT needs a package that is not on this machine.",
            INSTALL,
        ) from None
    try:
        statements = [one for one in parse(sql, read=DIALECTS[system]) if one is not None]
    except SqlglotError:
        raise OptionError("the question cannot be read.", HOW) from None
    if len(statements) != 1:
        raise OptionError(f"there are {len(statements)} statements in the question.", HOW)
    [found] = statements
    writes = (exp.DML, exp.DDL, exp.Into, exp.Lock, exp.Command)
    if not isinstance(found, exp.Query) or any(
        isinstance(one, writes) and not isinstance(one, exp.Query) for one in found.walk()
    ):
        raise OptionError("the question is no SELECT, or does more than to read.", HOW)
    return sql.strip().rstrip(";").rstrip()
