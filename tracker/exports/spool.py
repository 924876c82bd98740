"""What leaves is written down first: a file without a name in the instance folder, gone with whoever holds it open.

So a reader who is slow, or reads nothing at all, keeps a place in a file and no thread and no connection.
"""

import os
import tempfile
from bisect import bisect_right
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO

CHUNK = 1 << 20
Ended = Callable[["Spool"], None]


def spool_folder(instance: Path) -> Path:
    """Where such files are."""
    folder = instance / "spool"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def empty_spool(instance: Path) -> Path:
    """The folder, without what a crash may have left there between the making of a file and the loss of its name."""
    folder = spool_folder(instance)
    for left in folder.iterdir():
        left.unlink(missing_ok=True)
    return folder


class Spool:
    """Bytes to be sent, as a file to read. `ended` is called once, with this, when it is closed."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # mode 0600; `close` closes it
        self._marks: list[tuple[int, int]] = []
        self.size = 0
        self.ended: Ended | None = None

    def append(self, chunk: bytes, rows: int = 0) -> None:
        """Write on; `rows` is the number of rows that are whole after these bytes."""
        self._file.write(chunk)
        self.size += len(chunk)
        if not self._marks or self._marks[-1][1] != rows:
            self._marks.append((self.size, rows))

    def rewind(self) -> None:
        """From now on it is read."""
        self._file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        return self._file.read(size)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Go to a place in it."""
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """How far it was read."""
        return self._file.tell()

    def seekable(self) -> bool:
        """It is a file."""
        return True

    @property
    def is_whole(self) -> bool:
        """Whether it was read to its end."""
        return self.tell() == self.size

    @property
    def rows(self) -> int:
        """How many rows have been read."""
        place = bisect_right(self._marks, (self.tell(), 1 << 62))
        return self._marks[place - 1][1] if place else 0

    def digest(self) -> str:
        """SHA-256 of what was read."""
        left, digest = self.tell(), sha256()
        self.seek(0)
        while left and (chunk := self.read(min(CHUNK, left))):
            digest.update(chunk)
            left -= len(chunk)
        return digest.hexdigest()

    def close(self) -> None:
        """It is not read any more."""
        ended, self.ended = self.ended, None
        try:
            if ended is not None:
                ended(self)
        finally:
            self._file.close()
