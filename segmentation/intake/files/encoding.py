"""What the bytes of a file are: a digest, and the encoding of its text decided on the whole file."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from segmentation.errors import EmptyFileError, UnreadableFileError
from segmentation.intake.files.alphabets import neighbour_of_western
from segmentation.intake.files.archive import ZIP, is_workbook
from segmentation.intake.headers.concepts import Concept
from segmentation.intake.headers.read_header import concepts_of
from segmentation.jobs import Progress, silent
from segmentation.stages import Stage

CHUNK = 4 << 20
EVIDENCE_LIMIT = 1 << 20
CONTROL_SAMPLE = 1 << 18

SIGNATURES = {
    b"PK\x03\x04": "an archive within an archive",
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "an archive within an archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"BZh91AY&SY": "a bzip2 archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"SQLite format 3": "a database",
}
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: ("UTF-8", "utf-8-sig"),
    codecs.BOM_UTF32_LE: ("UTF-32", "utf-32"),
    codecs.BOM_UTF16_LE: ("UTF-16", "utf-16"),
    codecs.BOM_UTF16_BE: ("UTF-16", "utf-16"),
}
PARQUET = b"PAR1"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
FAR_ENCODINGS = {
    "gb18030": "GB18030",
    "big5": "Big5",
    "cp932": "Shift-JIS",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "cp1251": "Windows-1251",
    "koi8_r": "KOI8-R",
    "cp1253": "Windows-1253",
    "cp1255": "Windows-1255",
    "cp1256": "Windows-1256",
    "cp874": "Windows-874",
}
NEAR_ENCODINGS = {"cp1250": "Windows-1250", "cp1254": "Windows-1254", "cp1257": "Windows-1257"}
HEADER_SAMPLE = 4_000
SCRIPT_SAMPLE = 100_000
COMMON_KOREAN = "이다는을를가의에고하도지한로기사인은"
REMEDY = "Export the table as CSV (in Excel: Save as, CSV UTF-8), then upload that file."

BROKEN = re.compile("[\udc80-\udcff]")

_JSON = re.compile(r'\{\s*"|\[\s*[\[{]')
_LONG_RUN = re.compile(rb"[\x80-\xff]{4,}")
_PAIR = re.compile(rb"[\x80-\xff][\x40-\xff]")
_UNUSED_IN_WESTERN = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = bytes([*range(9), *range(14, 32), 127])
_WESTERN_ONLY = re.compile(rb"[\x80-\x9f]")


class Format(StrEnum):
    """What kind of file holds the table."""

    TEXT = "text"
    JSON = "json"
    PARQUET = "parquet"
    EXCEL = "excel"


BINARY_NAMES = {Format.PARQUET: "Parquet", Format.EXCEL: "Excel"}
"""What stands in place of the encoding where a file is no text."""


@dataclass(frozen=True)
class FileBytes:
    """What one pass over a file's bytes tells.

    `encoding` is the name for people; `codec` is Python's, empty where the file is no text.
    """

    digest: str
    size: int
    encoding: str
    codec: str
    format: Format = Format.TEXT


def examine(path: Path, on_progress: Progress = silent) -> FileBytes:
    """Read a file once for its digest and its encoding.

    :raises EmptyFileError: if there is nothing in it.
    :raises UnreadableFileError: if it is not a table of text and no Parquet file.
    """
    size = path.stat().st_size
    if size == 0:
        raise EmptyFileError("the file is empty (0 bytes).", "Export it again and check that it holds rows.")
    with path.open("rb") as file:
        head = file.read(CHUNK)
    binary = _binary_format(path, head)
    if binary is None:
        _refuse_other_formats(head)
    evidence = _Evidence()
    with path.open("rb") as file:
        done = 0
        while chunk := file.read(CHUNK):
            evidence.add(chunk)
            done += len(chunk)
            on_progress(Stage.CHECKING_FILE, done, size)
    if binary:
        return FileBytes(evidence.digest, size, BINARY_NAMES[binary], "", binary)
    encoding, codec = _encoding_by_mark(head) or evidence.encoding()
    start = head[:2000].decode(codec, "replace").lstrip("\ufeff \t\r\n")
    table = Format.JSON if _JSON.match(start) else Format.TEXT
    return FileBytes(evidence.digest, size, encoding, codec, table)


def _binary_format(path: Path, head: bytes) -> Format | None:
    if head.startswith(PARQUET):
        return Format.PARQUET
    if head.startswith(OLD_EXCEL) or (head.startswith(ZIP) and is_workbook(path)):
        return Format.EXCEL
    return None


def _refuse_other_formats(head: bytes) -> None:
    for signature, what in SIGNATURES.items():
        if head.startswith(signature):
            raise UnreadableFileError(f"this is {what}, not a table of text.", REMEDY)
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise UnreadableFileError("this is a web page or XML, not a table.", REMEDY)


def _encoding_by_mark(head: bytes) -> tuple[str, str] | None:
    for mark, names in BYTE_ORDER_MARKS.items():
        if head.startswith(mark):
            return names
    if b"\x00" not in head:
        return None
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) >= 0.99 * head.count(0) and _decodes(head[: len(head) // 2 * 2], codec):
            return "UTF-16", codec
    raise UnreadableFileError("the file holds binary data (zero bytes), not text.", REMEDY)


def _decodes(head: bytes, codec: str) -> bool:
    """Whether the start of a file is text in this encoding; its last character may be cut."""
    text = head.decode(codec, "replace")
    return text.count("\ufffd") <= 1 and "\x00" not in text and any(mark in text for mark in ",;\t|\n")


class _Evidence:
    """Gathers, chunk by chunk, what decides the encoding."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._utf8 = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._broken = 0
        self._read = 0
        self._control = 0
        self._lines: list[bytes] = []
        self._lines_size = 0
        self._is_first = True

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def add(self, chunk: bytes) -> None:
        self._hash.update(chunk)
        start = chunk[:CONTROL_SAMPLE]
        self._read += len(start)
        self._control += len(start) - len(start.translate(None, _CONTROL))
        half_a_character = self._utf8.getstate()[0]
        if half_a_character or not chunk.isascii():
            self._broken += len(BROKEN.findall(self._utf8.decode(chunk)))
        if not chunk.isascii():
            self._keep_lines(chunk)
        self._is_first = False

    def encoding(self) -> tuple[str, str]:
        """Name the encoding, from all bytes seen; a few broken characters do not unmake UTF-8."""
        self._broken += len(self._utf8.decode(b"", final=True))
        if self._control > 0.01 * self._read:
            raise UnreadableFileError("the file holds binary data, not text.", REMEDY)
        sample = b"\n".join(self._lines)
        high = len(_HIGH.findall(sample))
        if not self._broken:
            return ("UTF-8" if high else "ASCII"), "utf-8"
        if high and _share_valid_utf8(sample) > 0.9:
            return "UTF-8", "utf-8"
        in_runs = sum(map(len, _LONG_RUN.findall(sample)))
        in_pairs = sum(map(len, _PAIR.findall(sample)))
        if in_runs > 0.5 * high or (in_pairs > 0.7 * high and _UNUSED_IN_WESTERN.search(sample)):
            return _encoding_of_far_text(sample)
        if neighbour := _neighbour_of_western(sample):
            return neighbour
        if _WESTERN_ONLY.search(sample):
            return "Windows-1252", "cp1252"
        return "ISO-8859-1", "iso-8859-1"

    def _keep_lines(self, chunk: bytes) -> None:
        room = EVIDENCE_LIMIT // 16
        start = 0 if self._is_first else chunk.find(b"\n") + 1
        whole_lines = chunk[start : chunk.rfind(b"\n") + 1] or chunk
        for line in whole_lines.splitlines():
            if line.isascii():
                continue
            if room <= 0 or self._lines_size > EVIDENCE_LIMIT:
                return
            self._lines.append(line)
            self._lines_size += len(line)
            room -= len(line)


def _share_valid_utf8(sample: bytes) -> float:
    """Share of the characters outside ASCII that are well-formed UTF-8."""
    text = sample.decode("utf-8", "surrogateescape")
    outside = sum(character > "\x7f" for character in text)
    return 1 - len(BROKEN.findall(text)) / max(1, outside)


def _neighbour_of_western(sample: bytes) -> tuple[str, str] | None:
    """Return the code page of central Europe, Turkey or the Baltic where it makes words of what is none.

    The header's words tell, where there are accents in them; or else the letters within words (`Ma³gorzata`).
    """
    header = sample[:HEADER_SAMPLE].split(b"\n")[0]
    known = {codec: _known_words(header.decode(codec, "replace")) for codec in ("cp1252", *NEAR_ENCODINGS)}
    best = max(known, key=lambda codec: known[codec])
    if known[best] > known["cp1252"]:
        return NEAR_ENCODINGS[best], best
    codec = neighbour_of_western(sample)
    return (NEAR_ENCODINGS[codec], codec) if codec else None


def _known_words(header: str) -> int:
    """Count the words of a header that are known, of those with letters outside ASCII."""
    words = re.findall(r"\w+", header)
    return sum(not word.isascii() and bool(concepts_of(word) - {Concept.ALONE}) for word in words)


def _encoding_of_far_text(sample: bytes) -> tuple[str, str]:
    """Tell Chinese, Japanese, Korean and others apart, whose letters all lie outside ASCII."""
    from charset_normalizer import from_bytes

    best = from_bytes(sample[:SCRIPT_SAMPLE], cp_isolation=list(FAR_ENCODINGS)).best()
    if best is None:
        raise UnreadableFileError("the encoding of the text cannot be told.", REMEDY)
    if best.encoding == "euc_kr" and not _is_korean(sample):
        return FAR_ENCODINGS["gb18030"], "gb18030"
    return FAR_ENCODINGS[best.encoding], best.encoding


def _is_korean(sample: bytes) -> bool:
    """Whether the commonest syllables are there: any Chinese of the mainland also reads as rare ones."""
    letters = [letter for letter in sample.decode("euc_kr", "ignore") if letter > "\x7f"]
    return sum(letter in COMMON_KOREAN for letter in letters) > 0.08 * len(letters)
