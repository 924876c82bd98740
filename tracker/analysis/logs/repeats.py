"""Which rows of a file repeat an earlier one: the first line of each, by a hash, in a sixth of what a dict takes."""

from array import array

_FIRST_SIZE = 1 << 14
_FULL = 0.6


class FirstLines:
    """A table of hash -> line that grows; `setdefault` as of a dict. Hashes are below 2^64, lines from 1 to 2^32."""

    __slots__ = ("_hashes", "_lines", "_mask", "_room")

    def __init__(self) -> None:
        self._make(_FIRST_SIZE)

    def setdefault(self, hashed: int, line: int) -> int:
        """The line that was kept for the hash; this one if there was none, and it is kept."""
        hashes, lines, mask = self._hashes, self._lines, self._mask
        at = hashed & mask
        while kept := lines[at]:
            if hashes[at] == hashed:
                return kept
            at = (at + 1) & mask
        hashes[at], lines[at] = hashed, line
        self._room -= 1
        if not self._room:
            self._grow()
        return line

    def _make(self, size: int) -> None:
        self._hashes, self._lines = array("Q", bytes(8 * size)), array("I", bytes(4 * size))
        self._mask, self._room = size - 1, int(size * _FULL)

    def _grow(self) -> None:
        old = zip(self._hashes, self._lines, strict=True)
        self._make(2 * len(self._lines))
        for hashed, line in old:
            if line:
                self.setdefault(hashed, line)
