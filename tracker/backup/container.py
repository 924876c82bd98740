"""The file of a backup: a tar stream, sealed in chunks, whose last member lists the SHA-256 of all others.

It begins with `TRKB1`, how its key is derived (`P` passphrase, `K` key file) and 16 random bytes of salt. Then come the
chunks of base/sealing.py. Their content is a tar of `backup.json` (what this is a backup of), `database`, `files/...`
as they are stored, and `manifest.json`. Nothing is kept in memory but names and hashes.
"""

import hashlib
import io
import json
import re
import secrets
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

from tracker.backup.secrets import KEY, PASSPHRASE, Secret
from tracker.base.files import Damaged
from tracker.base.sealing import CHUNK, SALT, Broken, Sealer, open_chunks, unseal

MAGIC = b"TRKB1"
ABOUT, DATABASE, MANIFEST = "backup.json", "database", "manifest.json"
NAME = re.compile(rf"{re.escape(ABOUT)}|{DATABASE}|files/[0-9a-f]{{2}}/[0-9a-f]{{64}}")
KINDS = {PASSPHRASE: "a passphrase", KEY: "a key file"}
NOT_A_BACKUP = "This file is not a backup of a tracker."
OTHER_KIND = "This backup is encrypted with {}."
NOT_OPENED = "The backup does not open. Either it has another passphrase or key, or it is damaged."
CUT = "The backup is damaged: it was cut or changed after {} files. Use another copy of it."
Sums = dict[str, tuple[str, int]]  # name -> SHA-256 and size


class Hashing:
    """Hashes and counts what passes through a file, whichever way it goes."""

    def __init__(self, file: Any) -> None:
        self.file, self.digest, self.size = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Read from the file."""
        return self._count(self.file.read(size))

    def write(self, data: bytes) -> int:
        """Write to the file."""
        self.file.write(self._count(data))
        return len(data)

    @property
    def sum(self) -> tuple[str, int]:
        """SHA-256 and size so far."""
        return self.digest.hexdigest(), self.size

    def _count(self, data: bytes) -> bytes:
        self.digest.update(data)
        self.size += len(data)
        return data


class Writer:
    """Members of a backup that is being made."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self.tar, self.sums = tar, cast(Sums, {})

    def add(self, name: str, stream: BinaryIO, size: int) -> None:
        """Add a member of exactly this size."""
        info, hashing = tarfile.TarInfo(name), Hashing(stream)
        info.size, info.mode = size, 0o600
        self.tar.addfile(info, cast(Any, hashing))
        cast(Any, self.tar).members.clear()  # tarfile would keep them all
        self.sums[name] = hashing.sum

    def add_json(self, name: str, content: Any) -> None:
        """Add a member that is JSON."""
        text = json.dumps(content, indent=1).encode()
        self.add(name, io.BytesIO(text), len(text))


@contextmanager
def write_backup(out: Any, secret: Secret) -> Iterator[Writer]:
    """Write a backup into `out`; its manifest and its last chunk follow when the block ends well."""
    salt = secrets.token_bytes(SALT)
    out.write(MAGIC + secret.kind + salt)
    sealer = Sealer(out, secret.cipher(salt))
    with tarfile.open(fileobj=cast(Any, sealer), mode="w|", bufsize=CHUNK, format=tarfile.USTAR_FORMAT) as tar:
        writer = Writer(tar)
        yield writer
        writer.add_json(MANIFEST, dict(writer.sums))
    sealer.finish()


def read_backup(stream: BinaryIO, secret: Secret, take: Callable[[str, BinaryIO], None]) -> Sums:
    """Give each member to `take`, then compare all with the manifest; gives SHA-256 and size of each.

    What `take` leaves unread is read for it. Raises Damaged with a sentence; what was taken is worth nothing then.
    """
    head = stream.read(len(MAGIC) + 1 + SALT)
    kind, salt = head[len(MAGIC) : len(MAGIC) + 1], head[-SALT:]
    if not head.startswith(MAGIC) or kind not in KINDS or len(head) < len(MAGIC) + 1 + SALT:
        raise Damaged(NOT_A_BACKUP)
    if kind != secret.kind:
        raise Damaged(OTHER_KIND.format(KINDS[kind]))
    plain = open_chunks(unseal(stream, secret.cipher(salt)))
    sums: Sums = {}
    try:
        _read_members(plain, sums, take)
        while plain.read(CHUNK):  # to its end: the last chunk says that nothing was cut off
            pass
    except (Broken, tarfile.TarError, EOFError) as fault:
        raise Damaged(CUT.format(len(sums)) if sums else NOT_OPENED) from fault
    return sums


def _read_members(plain: BinaryIO, sums: Sums, take: Callable[[str, BinaryIO], None]) -> None:
    manifest = None
    with tarfile.open(fileobj=plain, mode="r|", bufsize=CHUNK) as tar:
        for member in tar:
            cast(Any, tar).members.clear()  # tarfile would keep them all
            content = tar.extractfile(member)
            if content is None or manifest is not None:
                raise Damaged(NOT_A_BACKUP)
            if member.name == MANIFEST:
                manifest = {name: tuple(found) for name, found in json.load(content).items()}
                continue
            if not NAME.fullmatch(member.name):
                raise Damaged(f"The backup holds {member.name}, which this version of the tracker does not know.")
            hashing = Hashing(content)
            take(member.name, cast(BinaryIO, hashing))
            while hashing.read(CHUNK):
                pass
            sums[member.name] = hashing.sum
    if manifest != sums:
        raise Damaged("The backup is damaged: its content is not what its manifest lists. Use another copy of it.")
