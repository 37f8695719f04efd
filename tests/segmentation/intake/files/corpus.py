"""Sound files of every format, and copies of them with bytes changed, cut, doubled and dropped."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from tests.segmentation.intake.files.test_file_formats import save_workbook

HEADER = ["order_id", "customer_id", "order_date", "amount", "note"]
ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body>'
    "</office:document-content>"
)
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def rows(count: int) -> list[list[str]]:
    """Return order lines, a quarter of which have a note."""
    return [
        [
            f"O{i // 2}",
            f"C{i % 17}",
            f"2024-03-{1 + i % 28:02}",
            f"{i % 97}.50",
            "" if i % 4 else f"Grüße, {i}",
        ]
        for i in range(count)
    ]


def text(count: int, delimiter: str = ",") -> bytes:
    """Return the rows as delimited text."""
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in [HEADER, *rows(count)]]
    return "\n".join(delimiter.join(row) for row in quoted).encode()


def objects(count: int) -> list[dict[str, object]]:
    """Return the rows as objects with a list in each."""
    return [{**dict(zip(HEADER, row, strict=True)), "tags": ["a", {"b": row[0]}]} for row in rows(count)]


def parquet(count: int, **options: str) -> bytes:
    """Return the rows as Parquet."""
    file = io.BytesIO()
    table = pa.table(dict(zip(HEADER, zip(*rows(count), strict=True), strict=True)))
    pq.write_table(table, file, **options)
    return file.getvalue()


def workbook(count: int) -> bytes:
    """Return the rows as an Excel workbook."""
    with TemporaryDirectory() as folder:
        return save_workbook(Path(folder) / "book.xlsx", {"Data": [HEADER, *rows(count)]}).read_bytes()


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return the parts in a ZIP archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return file.getvalue()


def open_document(count: int) -> bytes:
    """Return the rows as a LibreOffice workbook."""
    cells = ["".join(ODS_CELL.format(cell) for cell in row) for row in [HEADER, *rows(count)]]
    content = ODS.format(rows="".join(f"<table:table-row>{row}</table:table-row>" for row in cells))
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = b'<manifest xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content.encode()})


FORMATS: dict[str, Callable[[int], bytes]] = {
    "csv": text,
    "tsv": lambda count: text(count, "\t"),
    "utf-16.csv": lambda count: text(count).decode().encode("utf-16"),
    "json": lambda count: json.dumps(objects(count)).encode(),
    "ndjson": lambda count: "\n".join(map(json.dumps, objects(count))).encode(),
    "parquet": parquet,
    "zstd.parquet": lambda count: parquet(count, compression="zstd"),
    "xlsx": workbook,
    "ods": open_document,
    "csv.gz": lambda count: gzip.compress(text(count), mtime=0),
    "zip": lambda count: zipped({"a.csv": text(count), "b.json": json.dumps(objects(count)).encode()}),
    "bz2.zip": lambda count: zipped({"a.csv": text(count)}, zipfile.ZIP_BZIP2),
    "lzma.zip": lambda count: zipped({"a.csv": text(count)}, zipfile.ZIP_LZMA),
    "xlsx.zip": lambda count: zipped({"a.xlsx": workbook(count)}),
    "csv.bz2": lambda count: bz2.compress(text(count)),
    "csv.xz": lambda count: lzma.compress(text(count)),
}


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Change, cut, double or drop some bytes; within archives of stored parts more gets through."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 30))):
        at = rng.randrange(len(changed))
        kind = rng.randrange(5)
        if kind == 0:
            changed[at] = rng.randrange(256)
        elif kind == 1:
            changed[at : at + 4] = rng.choice((b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff", b"9999"))
        elif kind == 2:
            del changed[at : at + rng.randrange(1, 40)]
        elif kind == 3:
            changed[at:at] = changed[at : at + rng.randrange(1, 200)]
        elif rng.random() < 0.1:
            del changed[at:]
        if not changed:
            return b""
    return bytes(changed)


def mutated_inside(content: bytes, rng: random.Random) -> bytes:
    """Change the parts of a ZIP archive rather than its packing, so that what reads them sees the damage."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    victim = rng.choice(sorted(name for name in parts if parts[name]))
    return zipped({**parts, victim: mutated(parts[victim], rng)})
