"""A folder here or in an object storage, written to by many: a file is there whole or not at all."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from segmentation.errors import OptionError


@dataclass(frozen=True)
class Folder:
    """A folder by its whole path or its URI (s3://, gs://, abfss://, file://), as pyarrow has them."""

    uri: str

    @classmethod
    def at(cls, place: str) -> Folder:
        """Return the folder of a path or a URI.

        :raises OptionError: if it is of a kind that is not known.
        """
        folder = cls(place if "://" in place else str(Path(place).expanduser().resolve()))
        try:
            folder.opened()
        except (pa.ArrowInvalid, OSError) as error:
            raise OptionError(f"{place} cannot be opened ({error}).", "Give a folder, or s3://… .") from error
        return folder

    @property
    def local(self) -> Path | None:
        """Where it is on this machine; None where it is elsewhere."""
        filesystem, path = self.opened()
        return Path(path) if isinstance(filesystem, fs.LocalFileSystem) else None

    def folder(self, name: str) -> Folder:
        """Return the folder of this name in it."""
        path, mark, options = self.uri.partition("?")
        return Folder(f"{path.rstrip('/')}/{name}{mark}{options}")

    def has(self, name: str) -> bool:
        """Whether a file of this name is there."""
        filesystem, path = self.opened()
        found: fs.FileInfo = filesystem.get_file_info(f"{path}/{name}")
        return bool(found.type == fs.FileType.File)

    def files(self, below: str = "") -> list[str]:
        """Return the names of all files in it, or below a folder of it; none where there is none."""
        filesystem, path = self.opened()
        chosen = fs.FileSelector(f"{path}/{below}".rstrip("/"), allow_not_found=True, recursive=True)
        found = filesystem.get_file_info(chosen)
        return sorted(one.path[len(path) + 1 :] for one in found if one.type == fs.FileType.File)

    def read(self, name: str) -> bytes:
        """Return what a file holds."""
        filesystem, path = self.opened()
        with filesystem.open_input_stream(f"{path}/{name}") as stream:
            return bytes(stream.read())

    def read_table(self, name: str, columns: list[str] | None = None) -> pa.Table:
        """Return a Parquet file."""
        return pq.read_table(pa.BufferReader(self.read(name)), columns=columns)

    def read_facts(self, name: str) -> dict[bytes, bytes]:
        """Return what stands in the footer of a Parquet file, and nothing of its rows."""
        filesystem, path = self.opened()
        return dict(pq.read_schema(f"{path}/{name}", filesystem=filesystem).metadata or {})

    def write(self, name: str, content: bytes) -> None:
        """Write a file."""
        filesystem, path = self.opened()
        whole = draft = f"{path}/{name}"
        if isinstance(filesystem, fs.LocalFileSystem):  # in an object storage it is there once it is whole
            draft = f"{whole}.{uuid.uuid4().hex[:8]}"
            filesystem.create_dir(whole.rpartition("/")[0])
        with filesystem.open_output_stream(draft) as stream:
            stream.write(content)
        if draft != whole:
            filesystem.move(draft, whole)

    def write_table(self, name: str, table: pa.Table) -> None:
        """Write a Parquet file."""
        stream = pa.BufferOutputStream()
        pq.write_table(table, stream, compression="zstd")
        self.write(name, stream.getvalue())

    def take(self, source: Path) -> None:
        """Take the place of a folder of this machine, with all its files."""
        filesystem, path = self.opened()
        if self.local:
            self.delete()
            self.local.parent.mkdir(parents=True, exist_ok=True)
            source.rename(self.local)
            return
        filesystem.create_dir(path)
        fs.copy_files(str(source), path, destination_filesystem=filesystem)

    def give(self, below: str, target: Path) -> None:
        """Copy all files below a folder of it to this machine."""
        filesystem, path = self.opened()
        target.mkdir(parents=True)
        fs.copy_files(f"{path}/{below}", str(target), source_filesystem=filesystem)

    def stamp(self, name: str) -> tuple[int, int]:
        """Return the size of a file, and when it was written (nanoseconds)."""
        filesystem, path = self.opened()
        found = filesystem.get_file_info(f"{path}/{name}")
        return int(found.size), int(found.mtime_ns or 0)

    def remove(self, name: str) -> None:
        """Delete a file."""
        filesystem, path = self.opened()
        filesystem.delete_file(f"{path}/{name}")

    def delete(self) -> None:
        """Delete it with all that it holds."""
        filesystem, path = self.opened()
        if filesystem.get_file_info(path).type == fs.FileType.Directory:
            filesystem.delete_dir(path)

    def opened(self) -> tuple[fs.FileSystem, str]:
        """Return the file system, and the path in it."""
        filesystem, path = fs.FileSystem.from_uri(self.uri)
        return filesystem, path.rstrip("/")
