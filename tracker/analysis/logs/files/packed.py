"""Files in a .gz or a .zip, opened as if they lay beside it: one member, unpacked while it is read, up to a limit."""

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from tracker.analysis.logs.files.csv_faults import CsvFault

UNPACKED = 1 << 30  # bytes of a member
PACKED = 64 << 20  # bytes of a .zip, which is held in memory
MEMBERS = 1_000
_END = b"PK\x05\x06"
_OUR_OWN = ("__MACOSX/", ".DS_Store", "Thumbs.db")
_BROKEN = "This archive is broken or cut off. Get it again."
_TOO_LARGE = f"Unpacked, this file has more than {UNPACKED >> 20:,} MB. Split the export."
BREAKS = (OSError, EOFError, ValueError, LookupError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile,
          struct.error)  # fmt: skip


class Opened:
    """What `open` of a Path gives, for bytes that lie elsewhere than in a plain file."""

    def __init__(self, opener: Callable[[], BinaryIO], sha256: str | None = None) -> None:
        self.opener, self.sha256 = opener, sha256

    def open(
        self, mode: str = "r", encoding: str | None = None, newline: str | None = None, errors: str | None = None
    ) -> IO[bytes] | io.TextIOWrapper:
        """The bytes, or their text."""
        raw = self.opener()
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding=encoding, newline=newline, errors=errors)


def opened(opener: Callable[[], BinaryIO], sha256: str | None = None) -> Path:
    """Bytes that lie elsewhere, to be read where a Path is asked for; by `sha256` they are known again."""
    return cast(Path, Opened(opener, sha256))


class _Unpacked(io.RawIOBase):
    """A stream of unpacked bytes. CsvFault for one that is broken, and for more than `UNPACKED` bytes."""

    def __init__(self, stream: IO[bytes], beside: IO[bytes]) -> None:
        self.stream, self.beside, self.done = stream, beside, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        try:
            data = self.stream.read(len(buffer))
        except BREAKS:
            raise CsvFault(None, None, _BROKEN) from None
        self.done += len(data)
        if self.done > UNPACKED:
            raise CsvFault(None, None, _TOO_LARGE)
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self.stream.close()
        self.beside.close()
        super().close()


def _buffered(stream: IO[bytes], beside: IO[bytes]) -> BinaryIO:
    raw: Any = _Unpacked(stream, beside)
    return io.BufferedReader(raw, 1 << 16)


def unpack(path: Path, member: str = "") -> tuple[Path, str, tuple[str, ...]]:
    """The file to read, the name of the member it is, and the members to choose from; a plain file is itself."""
    with path.open("rb") as file:
        start = file.read(4)
    if start[:2] == b"\x1f\x8b":
        return opened(lambda: _gunzipped(path)), "", ()
    if start != b"PK\x03\x04":
        return path, "", ()
    with _archive(path) as archive:
        if _is_document(archive):
            return path, "", ()
        infos = {one.filename: one for one in archive.infolist() if not _is_litter(one.filename)}
    if not infos:
        raise CsvFault(None, None, "This archive holds no file.")
    if member and member not in infos:
        raise CsvFault(None, None, f'The archive has no file "{member[:100]}". It has {", ".join(list(infos)[:10])}.')
    name = member or max(infos.values(), key=lambda one: one.file_size).filename
    return opened(lambda: _member(path, name)), name, tuple(infos) if len(infos) > 1 else ()


def _is_litter(name: str) -> bool:
    """Whether this is a folder, or what an operating system adds."""
    return not name or name.endswith("/") or name.startswith(_OUR_OWN) or name.rpartition("/")[2] in _OUR_OWN


def _is_document(archive: zipfile.ZipFile) -> bool:
    """Whether a .zip is a document of an office program, which is not to be unpacked."""
    return not {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"}.isdisjoint(archive.namelist())


def _gunzipped(path: Path) -> BinaryIO:
    raw = path.open("rb")
    return _buffered(cast(IO[bytes], gzip.GzipFile(fileobj=raw)), raw)


def _archive(path: Path) -> zipfile.ZipFile:
    data = archive_bytes(path)
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BREAKS:
        raise CsvFault(None, None, _BROKEN) from None


def archive_bytes(path: Path) -> bytes:
    """All bytes of a .zip. CsvFault for one that is too large, and for too many members."""
    with path.open("rb") as file:
        data = file.read(PACKED + 1)
    if len(data) > PACKED:
        raise CsvFault(None, None, f"An archive or workbook can have at most {PACKED >> 20} MB. Split it.")
    end = data.rfind(_END)
    if end < 0 or int.from_bytes(data[end + 10 : end + 12], "little") > MEMBERS:
        raise CsvFault(None, None, _BROKEN if end < 0 else f"An archive can have at most {MEMBERS:,} files.")
    return data


def _member(path: Path, name: str) -> BinaryIO:
    archive = _archive(path)
    info = archive.NameToInfo.get(name)
    if info is None:
        raise CsvFault(None, None, _BROKEN)
    if info.file_size > UNPACKED:
        raise CsvFault(None, None, _TOO_LARGE)
    if info.flag_bits & 1:
        raise CsvFault(None, None, "This archive has a password. Ask for it without one.")
    try:
        stream = archive.open(info)
    except BREAKS:
        raise CsvFault(None, None, _BROKEN) from None
    return _buffered(stream, cast(IO[bytes], archive))
