"""What becomes of a file on a bad disk."""

from pathlib import Path


def flip_bit(path: Path, place: int = -20) -> None:
    """Another byte stands at `place` (from the end, if negative).

    A byte that is set rather than flipped may have stood there before: what is stored is encrypted, and looks like any.
    """
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(bytes(data))
