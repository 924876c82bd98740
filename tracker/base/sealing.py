"""Bytes sealed in chunks of 1 MiB with AES-256-GCM, so that streams of any length need little memory.

The nonce is the chunk's number, so a key seals one stream only: it is derived from a long-lived key and a salt. Number
and a last-chunk mark are authenticated: a chunk that is cut off, swapped, doubled or changed does not open.
"""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

CHUNK = 1 << 20
TAG = 16
SALT = 16


class Broken(Exception):
    """A sealed stream does not open: another key, or bytes that are not those that were sealed."""


def derive_cipher(key: bytes, salt: bytes, purpose: bytes) -> AESGCM:
    """The cipher of one stream; `purpose` keeps streams of different formats apart."""
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=salt, info=purpose).derive(key))


class Sealer:
    """Seals what is written to it into `out`. `finish` writes the last chunk, and leaves `out` open."""

    def __init__(self, out: BinaryIO, cipher: AESGCM) -> None:
        self.out, self.cipher, self.number, self.rest = out, cipher, 0, bytearray()

    def write(self, data: bytes) -> int:
        """Take in bytes; a chunk is written when it is known that more follow."""
        self.rest += data
        while len(self.rest) > CHUNK:
            self._seal(bytes(self.rest[:CHUNK]), last=False)
            del self.rest[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk."""
        self._seal(bytes(self.rest), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        self.out.write(self.cipher.encrypt(_nonce(self.number), chunk, _mark(self.number, last=last)))
        self.number += 1


def unseal(stream: BinaryIO, cipher: AESGCM) -> Iterator[bytes]:
    """The chunks of a sealed stream, opened one by one; raises Broken at the first that is not as it was sealed."""
    number, chunk = 0, stream.read(CHUNK + TAG)
    while True:
        following = stream.read(CHUNK + TAG)
        try:
            yield cipher.decrypt(_nonce(number), chunk, _mark(number, last=not following))
        except (InvalidTag, ValueError) as fault:
            raise Broken from fault
        if not following:
            return
        number, chunk = number + 1, following


def open_chunks(chunks: Iterator[bytes]) -> BinaryIO:
    """Chunks as a stream to read."""
    raw: Any = _ChunkReader(chunks)
    return io.BufferedReader(raw, CHUNK)


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


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")


def _mark(number: int, *, last: bool) -> bytes:
    return f"{number}:{'last' if last else 'more'}".encode()
