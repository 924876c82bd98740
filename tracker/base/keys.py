"""Keys as files: 32 random bytes in hex, for the eyes of their owner alone; known to others by a fingerprint."""

import hashlib
import hmac
import os
import re
import secrets
import stat
from pathlib import Path

from tracker.base.files import Damaged, open_privately, sync_folder


def make_key(path: Path) -> None:
    """Make a key; one that is there is left alone."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = path.with_name(f"{path.name}.{secrets.token_hex(4)}")  # it bears its name once it is whole
    with open(half, "xb", opener=open_privately) as out:
        out.write(secrets.token_bytes(32).hex().encode() + b"\n")
        out.flush()
        os.fsync(out.fileno())
    half.replace(path)
    sync_folder(path.parent)


def read_key(path: Path) -> bytes:
    """The key in a file; raises Damaged with a sentence for the operator."""
    if not path.exists():
        raise Damaged(f"The key of the file store is missing. Restore it at {path}, or set TRACKER_KEY_FILE.")
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise Damaged(f"{path} can be read by others. Run: chmod 600 {path}")
    text = path.read_bytes().strip()
    if not re.fullmatch(rb"[0-9a-f]{64}", text):
        raise Damaged(f"{path} does not hold a key: 64 hexadecimal digits. Restore it from where keys are kept.")
    return bytes.fromhex(text.decode("ascii"))


def fingerprint(key: bytes) -> str:
    """What names a key and does not help to find it: 32 hexadecimal digits."""
    return hmac.new(key, b"tracker key fingerprint", hashlib.sha256).hexdigest()[:32]


def next_key(path: Path) -> Path:
    """Where the key lies that a rotation leads to, until every file is under it."""
    return path.with_name(f"{path.name}.next")


def former_key(path: Path, key: bytes) -> Path:
    """Where a key is kept after a rotation: backups from before need it."""
    return path.with_name(f"{path.name}.{fingerprint(key)[:8]}")
