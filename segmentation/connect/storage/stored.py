"""A file or folder in object storage, named by an address like s3://bucket/folder/orders.parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import parse_qsl, unquote, urlsplit

from segmentation.errors import OptionError

SCHEMES = ("s3", "gs", "abfs", "abfss")
OPTIONS = (
    "endpoint_override",
    "scheme",
    "region",
    "anonymous",
    "blob_storage_authority",
    "dfs_storage_authority",
)
"""What may stand behind the question mark: where the storage is, and nothing that is secret."""


@dataclass(frozen=True)
class Stored:
    """Something in object storage; who reads it, the environment says, as the storage's own tools have it."""

    uri: str

    @property
    def name(self) -> str:
        """The last part of its path, as the name of a file."""
        return PurePosixPath(unquote(urlsplit(self.uri).path)).name

    def __str__(self) -> str:
        """Return its address without what stands behind the question mark."""
        return self.uri.partition("?")[0]


def file_or_stored(text: str) -> Path | Stored:
    """Return what an argument of the command line names: a file on this machine, or one in object storage.

    :raises OptionError: if the address holds a secret, which is not repeated, or cannot be read.
    """
    scheme = text.partition("://")[0].lower()
    if scheme not in SCHEMES or "://" not in text:
        return Path(text)
    try:
        parts = urlsplit(text)
        names = {name for name, _ in parse_qsl(parts.query)}
    except ValueError:
        parts, names = urlsplit(""), set[str]()
    in_front = text.partition("://")[2].rpartition("@")[0]  # a key may hold what ends the host of an address
    if ":" in in_front or ("@" in parts.netloc and scheme in ("s3", "gs")):
        raise OptionError(
            "the address holds a key, which the history of a terminal would keep.",
            "Leave it out: keys are taken from the environment, as AWS_ACCESS_KEY_ID and the like.",
        )
    if not parts.path.strip("/") or names - set(OPTIONS) or parts.fragment:
        raise OptionError(
            "the address of the stored file cannot be read.",
            f"Write it as {scheme}://bucket/path; options are: {', '.join(OPTIONS)}.",
        )
    return Stored(text)
