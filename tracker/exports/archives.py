"""A zip that is read while it is written; each of its files is listed with its hash, for the manifest at its end."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from tracker.exports.writing import Tally


class Member(Tally):
    """One file of the zip while it is written; `unit` is what it has so many of: rows, or pages."""

    def __init__(self, name: str, unit: str = "rows") -> None:
        super().__init__()
        self.name, self.unit, self.size, self.digest = name, unit, 0, hashlib.sha256()

    def count(self, chunk: bytes) -> None:
        """Take note of bytes that leave."""
        self.size += len(chunk)
        self.digest.update(chunk)

    def facts(self) -> dict[str, Any]:
        """What the manifest says of it."""
        return {"name": self.name, self.unit: self.rows, "size": self.size, "sha256": self.digest.hexdigest()}


class Archive:
    """The zip; all of its files have the time at which it was made, so that the same files are the same bytes."""

    def __init__(self, made: datetime) -> None:
        self._date = (made.year, made.month, made.day, made.hour, made.minute, made.second)
        self._sink = _Sink()
        file: Any = self._sink  # a zip asks for no more of a file than this has
        self._zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self.listed: list[dict[str, Any]] = []

    def add(self, member: Member, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Write a file, and give the bytes of the zip that are ready."""
        with self._zip.open(self._entry(member.name), "w", force_zip64=True) as file:
            for chunk in chunks:
                member.count(chunk)
                file.write(chunk)
                if self._sink.kept:
                    yield self._sink.drain()
        self.listed.append(member.facts())

    def finish(self, about: dict[str, Any]) -> bytes:
        """The manifest, which comes last since it holds the hashes of the others, and the end of the zip."""
        manifest = about | {"files": self.listed}
        self._zip.writestr(self._entry("manifest.json"), json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
        self._zip.close()
        return self._sink.drain()

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._date)
        entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        return entry


class _Sink:
    """What a zip is written to: it keeps the bytes until they are taken."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []

    def write(self, data: Any, /) -> int:
        """Keep some bytes."""
        self.kept.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def drain(self) -> bytes:
        """All that was written since the last time."""
        data, self.kept = b"".join(self.kept), []
        return data
