"""The encoding of a text file: told by its bytes where they tell it, and asked for where they do not."""

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TextIO, cast

from tracker.analysis.logs.files.csv_faults import CsvFault

# to choose from where the bytes do not tell; the likeliest first
ENCODINGS = tuple("cp1252 cp1250 cp1251 iso8859-15 mac_roman cp437 shift_jis gb18030 utf-16-le utf-16-be".split())
MIXED = tuple(f"utf-8/{name}" for name in ENCODINGS[:6])  # bytes that are not UTF-8 are read in the other encoding
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHUNK = 1 << 16
_SHOWN = 200  # characters of a line


def _read_in(other: str) -> None:
    """Let `errors=` of that name read what is not UTF-8 in another encoding."""

    def read_rest(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        return error.object[error.start : error.end].decode(other), error.end

    codecs.register_error(f"tracker.{other}", read_rest)


for _name in MIXED:
    _read_in(_name.partition("/")[2])


def _codec(encoding: str) -> tuple[str, str]:
    """What Python calls the encoding, and what it does with the bytes that are none. CsvFault for no encoding."""
    first, _, other = encoding.partition("/")
    try:
        "".encode(first)
        is_known = not other or encoding in MIXED
    except LookupError:
        is_known = False
    if not is_known:
        raise CsvFault(None, None, f'"{encoding}" is not a text encoding. Choose another encoding.')
    return first, f"tracker.{other}" if other else "strict"


def open_text(path: Path, encoding: str) -> TextIO:
    """The file as text with its line ends as they are. CsvFault for what is not the name of an encoding."""
    codec, errors = _codec(encoding)
    return cast(TextIO, path.open(encoding=codec, errors=errors, newline=""))


@contextmanager
def reading_text(path: Path, encoding: str) -> Iterator[TextIO]:
    """The same, closed in the end. CsvFault, with the line, where bytes are met that are no text in the encoding."""
    try:
        with open_text(path, encoding) as file:
            yield file
    except UnicodeDecodeError:
        line = undecodable(path, encoding)
        raise CsvFault(line, None, f"This line is not {encoding} text. Choose another encoding.") from None


def undecodable(path: Path, encoding: str) -> int | None:
    """The line in which the first byte stands that is no text in `encoding`; None if all are."""
    codec, errors = _codec(encoding)
    decoder, line = codecs.getincrementaldecoder(codec)(errors), 1
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            try:
                line += decoder.decode(data).count("\n")
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].decode(error.encoding, "replace").count("\n")
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return line
    return None


def find_encoding(path: Path, given: str | None) -> tuple[str | None, str]:
    """The encoding, None where the bytes do not tell it, and a sentence on it where there is something to say."""
    with path.open("rb") as file:
        start = file.read(4096)
    found = next((name for bom, name in _BOMS if start.startswith(bom)), None)
    if given or found:
        return given or found, ""
    even, odd = start[::2].count(0), start[1::2].count(0)
    if (even + odd) * 4 > len(start) > 1:
        name = "utf-16-le" if odd > even else "utf-16-be"
        if undecodable(path, name) is None:
            return name, "The file has no byte order mark. It reads as UTF-16."
    if undecodable(path, "utf-8") is None:
        return "utf-8", ""
    return None, mixed_lines(path)


def is_padded(path: Path) -> bool:
    """Whether NUL or ^Z fills up the end of the file."""
    end = b""
    with path.open("rb") as file:
        while data := file.read(_CHUNK):
            end = (end + data)[-4:]
    return b"\0\0" in end[-3:] or end.rstrip(b"\r\n \0").endswith(b"\x1a")


def mixed_lines(path: Path) -> str:
    """A sentence that names the first lines of each kind, where some are UTF-8 and others are not; else empty."""
    places: dict[bool, list[int]] = {True: [], False: []}
    with path.open("rb") as file:
        for line, data in enumerate(iter(lambda: file.readline(_CHUNK), b""), 1):
            if not data.isascii():
                places[_is_utf8(data)].append(line)
            if all(len(lines) > 2 for lines in places.values()):
                break
    sound, other = (", ".join(map(str, places[kind][:3])) for kind in (True, False))
    if not (sound and other):
        return ""
    return f"The file mixes encodings: UTF-8 in line {sound}, another in line {other}. Choose UTF-8 with a second one."


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def preview(path: Path, encoding: str, lines: int = 5) -> list[str]:
    """The first lines that are not plain ASCII, as they read in `encoding`, so that the account can choose."""
    codec, errors = _codec(encoding)
    if errors == "strict":
        errors = "replace"
    with path.open("rb") as raw, io.TextIOWrapper(raw, codec, errors, newline=None) as file:
        shown = islice((line for line in iter(lambda: file.readline(1000), "") if not line.isascii()), lines)
        try:
            return [line.rstrip("\n")[:_SHOWN] for line in shown]
        except UnicodeDecodeError:
            return []
