"""The file store: content-addressed, written once, encrypted at rest with a key that lies outside the data.

A file is `TRKF1`, 16 random bytes of file id, then the chunks of sealing.py. The key of a file is derived from the
store's key and the file id.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tracker.base.sealing import CHUNK, SALT, Broken, Sealer, derive_cipher, open_chunks, unseal

MAGIC = b"TRKF1"


class Damaged(Exception):
    """A stored file is missing, or is not what was put in."""


class TooLarge(Exception):
    """More bytes than the store takes in one file."""


class Differs(Exception):
    """The bytes are not those that were declared; the SHA-256 they have is the argument."""


@dataclass(frozen=True)
class Stored:
    """What the store knows of a file: SHA-256 of its bytes in hex, and their number."""

    sha256: str
    size: int


def in_words(size: int) -> str:
    """A size for a reader: `812 bytes`, `1.4 MB` (of 1,048,576 bytes)."""
    if size < 1 << 10:
        return f"{size} byte{'' if size == 1 else 's'}"
    return f"{size / (1 << 10):,.0f} kB" if size < 1 << 20 else f"{size / (1 << 20):,.1f}".removesuffix(".0") + " MB"


class FileStore:
    """Files under `root`, named by the SHA-256 of their bytes; `key` is 32 bytes."""

    def __init__(self, root: Path, key: bytes) -> None:
        self.root, self.key = root, key
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)

    def put(self, stream: BinaryIO, limit: int | None = None, declared: str | None = None) -> Stored:
        """Take in a stream; the same bytes are kept once.

        Raises TooLarge above `limit` bytes, and Differs when they have another SHA-256 than the declared one.
        """
        with self.hold():  # a sweep takes nothing away that is being written
            return self._put(stream, limit, declared)

    def _put(self, stream: BinaryIO, limit: int | None, declared: str | None) -> Stored:
        digest, size = hashlib.sha256(), 0
        temporary = self.root / f".incoming-{secrets.token_hex(8)}"
        try:
            with open(temporary, "xb", opener=open_privately) as out:
                file_id = secrets.token_bytes(SALT)
                out.write(MAGIC + file_id)
                sealer = Sealer(out, self._cipher(file_id))
                while chunk := stream.read(CHUNK):
                    size += len(chunk)
                    if limit is not None and size > limit:
                        raise TooLarge
                    digest.update(chunk)
                    sealer.write(chunk)
                sealer.finish()
                out.flush()
                os.fsync(out.fileno())
            if declared and digest.hexdigest() != declared:
                raise Differs(digest.hexdigest())
            path = self.path(digest.hexdigest())
            if not path.parent.is_dir():
                path.parent.mkdir(exist_ok=True, mode=0o700)
                sync_folder(self.root)
            temporary.replace(path)
            sync_folder(path.parent)
        finally:
            temporary.unlink(missing_ok=True)
        return Stored(digest.hexdigest(), size)

    def path(self, sha256: str) -> Path:
        """Where the file of this hash lies."""
        return self.root / sha256[:2] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def chunks(self, sha256: str) -> Iterator[bytes]:
        """The bytes in chunks; raises Damaged, at the latest after the last one, when they are not what was put in."""
        digest = hashlib.sha256()
        try:
            with self.path(sha256).open("rb") as sealed:
                head = sealed.read(len(MAGIC) + SALT)
                if not head.startswith(MAGIC) or len(head) < len(MAGIC) + SALT:
                    raise Damaged(sha256)
                for plain in unseal(sealed, self._cipher(head[len(MAGIC) :])):
                    digest.update(plain)
                    yield plain
        except (FileNotFoundError, Broken) as fault:
            raise Damaged(sha256) from fault
        if digest.hexdigest() != sha256:
            raise Damaged(sha256)

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream to read."""
        return open_chunks(self.chunks(sha256))

    def names(self) -> Iterator[str]:
        """The SHA-256 of every file that is stored, whether a row names it or not."""
        return (path.name for path in sorted(self.root.glob("??/*")))

    def opens(self, sha256: str) -> bool:
        """Whether the file is under the store's key: its first chunk opens."""
        try:
            next(self.chunks(sha256))
        except Damaged:
            return False
        return True

    def check(self, sha256: str) -> None:
        """Read the whole file once; raises Damaged."""
        for _ in self.chunks(sha256):
            pass

    @contextmanager
    def hold(self, *, alone: bool = False) -> Iterator[None]:
        """Whoever puts a file in holds the store until its row is written; whoever removes one holds it alone."""
        with open(self.root / ".lock", "w", opener=open_privately) as lock:
            fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield

    @contextmanager
    def aside(self, *, wait: bool = True) -> Iterator[Path | None]:
        """An empty folder on the disk of the store, removed in the end: for one at a time.

        None when somebody else has it and `wait` is False. What a killed program left there is removed first.
        """
        place = self.root / ".aside"
        with open(self.root / ".aside.lock", "w", opener=open_privately) as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield None
                return
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir(mode=0o700)
            try:
                yield place
            finally:
                shutil.rmtree(place)

    def remove(self, sha256: str, is_named: Callable[[str], bool]) -> None:
        """Remove a file, unless `is_named` finds a row that names it once nobody is putting anything in."""
        with self.hold(alone=True):
            if not is_named(sha256):
                self.path(sha256).unlink(missing_ok=True)

    def sweep(self, named: Callable[[], set[str]], is_named: Callable[[str], bool]) -> list[str]:
        """Remove what a crash left: half-written files, and files no row names. Returns the hashes removed.

        Others may put files in meanwhile: what came after the beginning stays, and each file is asked for again alone.
        """
        began = time.time()
        with self.aside(wait=False):
            pass
        with self.hold(alone=True):  # nobody is writing
            for half in self.root.glob(".incoming-*"):
                half.unlink(missing_ok=True)
        old = [path.name for path in self.root.glob("??/*") if path.stat().st_mtime < began]
        known = named()
        orphans = [sha256 for sha256 in old if sha256 not in known]
        for sha256 in orphans:
            self.remove(sha256, is_named)
        return [sha256 for sha256 in orphans if sha256 not in self]

    def _cipher(self, file_id: bytes) -> AESGCM:
        return derive_cipher(self.key, file_id, b"tracker file store")


def open_privately(path: str, flags: int) -> int:
    """An `opener` of files that only their owner can read."""
    return os.open(path, flags, 0o600)


def sync_folder(folder: Path) -> None:
    """Make sure that what was renamed in a folder is on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
