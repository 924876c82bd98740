"""What a backup is encrypted with: a passphrase, or a key in a file."""

import unicodedata
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from tracker.base.sealing import derive_cipher

PURPOSE = b"tracker backup"
PASSPHRASE, KEY = b"P", b"K"
SHORTEST = 15
COST = 1 << 17  # with r = 8: 128 MiB and some tenths of a second for each guess


@dataclass(frozen=True)
class Secret:
    """A passphrase or a key; `kind` stands in the head of the backup."""

    kind: bytes
    value: bytes

    def cipher(self, salt: bytes) -> AESGCM:
        """The cipher of the backup with this salt."""
        key = self.value
        if self.kind == PASSPHRASE:
            key = Scrypt(salt=salt, length=32, n=COST, r=8, p=1).derive(key)
        return derive_cipher(key, salt, PURPOSE)


def from_passphrase(text: str) -> Secret:
    """The secret of a passphrase, however a keyboard composes its letters."""
    return Secret(PASSPHRASE, unicodedata.normalize("NFC", text).encode())


def from_key(key: bytes) -> Secret:
    """The secret of 32 random bytes."""
    return Secret(KEY, key)
