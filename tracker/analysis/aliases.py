"""Other names of a material: one spelling for all the ways in which systems write the same path, subject or URL."""

import re
from urllib.parse import unquote

_DRIVE = re.compile(r"(?:file:/*)?/?[a-z]:(?=/)", re.IGNORECASE)
_ENDING = re.compile(r".*\S\.[a-z][a-z0-9]{1,4}", re.IGNORECASE)


def plain_path(text: str) -> str:
    """The text decoded, with one kind of slash and without the letter of a drive; what is no path stays as it is."""
    text = re.sub(r"[\\/]+", "/", unquote(text.strip()))
    return _DRIVE.sub("", text, count=1).strip() if _DRIVE.match(text) else text


def last_part(path: str) -> str:
    """The name of the file at the end of a plain path."""
    return path.rstrip("/").rpartition("/")[2].strip()


def guess_kind(text: str) -> str:
    """`url`, `path`, `file_name` or, for anything else, `subject`."""
    if re.match(r"[a-z][a-z0-9+.-]*://", text.strip(), re.IGNORECASE):
        return "url"
    if re.search(r"[\\/]", text):
        return "path"
    return "file_name" if _ENDING.fullmatch(text.strip()) else "subject"
