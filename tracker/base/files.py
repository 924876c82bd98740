"""The file store: content-addressed, written once, encrypted at rest with a key that lies outside the data.

A file is `TRKF1`, 16 random bytes of file id, then chunks of 1 MiB sealed with AES-256-GCM. The nonce is the chunk's
number; the key of a file is derived from the store's key and the file id, so that no nonce is used twice under one
key. Chunk number and a last-chunk mark are authenticated, so that a cut or swapped file is found.
"""

import fcntl
import hashlib
import io
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"TRKF1"
CHUNK = 1 << 20
TAG = 16


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
        with self.held():  # a sweep takes nothing away that is being written
            return self._put(stream, limit, declared)

    def _put(self, stream: BinaryIO, limit: int | None, declared: str | None) -> Stored:
        digest, size = hashlib.sha256(), 0
        temporary = self.root / f".incoming-{secrets.token_hex(8)}"
        try:
            with open(temporary, "xb", opener=_private) as out:
                file_id = secrets.token_bytes(16)
                cipher = self._cipher(file_id)
                out.write(MAGIC + file_id)
                number, chunk = 0, stream.read(CHUNK)
                while True:
                    following = stream.read(CHUNK) if chunk else b""
                    size += len(chunk)
                    if limit is not None and size > limit:
                        raise TooLarge
                    digest.update(chunk)
                    out.write(cipher.encrypt(_nonce(number), chunk, _mark(number, last=not following)))
                    if not following:
                        break
                    number, chunk = number + 1, following
                out.flush()
                os.fsync(out.fileno())
            if declared and digest.hexdigest() != declared:
                raise Differs(digest.hexdigest())
            path = self.path(digest.hexdigest())
            path.parent.mkdir(exist_ok=True, mode=0o700)
            temporary.replace(path)
            _sync_folder(path.parent)
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
                head = sealed.read(len(MAGIC) + 16)
                if not head.startswith(MAGIC):
                    raise Damaged(sha256)
                cipher, number, chunk = self._cipher(head[len(MAGIC) :]), 0, sealed.read(CHUNK + TAG)
                while True:
                    following = sealed.read(CHUNK + TAG)
                    plain = cipher.decrypt(_nonce(number), chunk, _mark(number, last=not following))
                    digest.update(plain)
                    yield plain
                    if not following:
                        break
                    number, chunk = number + 1, following
        except (FileNotFoundError, InvalidTag, ValueError) as fault:
            raise Damaged(sha256) from fault
        if digest.hexdigest() != sha256:
            raise Damaged(sha256)

    def open(self, sha256: str) -> BinaryIO:
        """The bytes as a stream to read."""
        chunks: Any = _ChunkReader(self.chunks(sha256))
        return io.BufferedReader(chunks, CHUNK)

    def check(self, sha256: str) -> None:
        """Read the whole file once; raises Damaged."""
        for _ in self.chunks(sha256):
            pass

    @contextmanager
    def held(self, *, alone: bool = False) -> Iterator[None]:
        """Whoever puts a file in holds the store until its row is written; whoever removes one holds it alone."""
        with (self.root / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
            yield

    def remove(self, sha256: str, is_named: Callable[[str], bool]) -> None:
        """Remove a file, unless `is_named` finds a row that names it once nobody is putting anything in."""
        with self.held(alone=True):
            if not is_named(sha256):
                self.path(sha256).unlink(missing_ok=True)

    def sweep(self, named: Callable[[], set[str]], is_named: Callable[[str], bool]) -> list[str]:
        """Remove what a crash left: half-written files, and files no row names. Returns the hashes removed.

        Others may put files in meanwhile: what came after the beginning stays, and each file is asked for again alone.
        """
        began = time.time()
        with self.held(alone=True):  # nobody is writing
            for half in self.root.glob(".incoming-*"):
                half.unlink(missing_ok=True)
        old = [path.name for path in self.root.glob("??/*") if path.stat().st_mtime < began]
        known = named()
        orphans = [sha256 for sha256 in old if sha256 not in known]
        for sha256 in orphans:
            self.remove(sha256, is_named)
        return [sha256 for sha256 in orphans if sha256 not in self]

    def _cipher(self, file_id: bytes) -> AESGCM:
        return AESGCM(HKDF(hashes.SHA256(), 32, salt=file_id, info=b"tracker file store").derive(self.key))


class _ChunkReader(io.RawIOBase):
    def __init__(self, chunks: Iterator[bytes]) -> None:
        self.chunks, self.rest = chunks, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self.rest:
            try:
                self.rest = next(self.chunks)
            except StopIteration:
                return 0
            if not self.rest:
                return 0
        count = min(len(buffer), len(self.rest))
        buffer[:count], self.rest = self.rest[:count], self.rest[count:]
        return count


def make_key(path: Path) -> None:
    """Make the store's key, for its owner's eyes only; an existing one is left alone."""
    if not path.exists():
        with open(path, "xb", opener=_private) as out:
            out.write(secrets.token_bytes(32).hex().encode() + b"\n")


def read_key(path: Path) -> bytes:
    """The store's key; raises Damaged with a sentence for the operator."""
    if not path.exists():
        raise Damaged(f"The key of the file store is missing. Restore it at {path}, or set TRACKER_KEY_FILE.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Damaged(f"{path} can be read by others. Run: chmod 600 {path}")
    return bytes.fromhex(path.read_text(encoding="ascii").strip())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _mark(number: int, *, last: bool) -> bytes:
    return f"{number}:{'last' if last else 'more'}".encode()


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
