"""The texts of a case's versions, indexed: kept in memory by their hashes, so that a version is read and cut once."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock

import sqlalchemy as sa

from tracker.analysis.comparison.index import Index
from tracker.analysis.comparison.texts import Reader, Text
from tracker.analysis.documents.reading import LARGEST, DocumentFault, text_of
from tracker.base import db
from tracker.base.files import Damaged, FileStore
from tracker.models.case.cases import Case
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version

MOST_WORDS = 1_500_000  # of the versions that are compared at once, and of all indexes that are kept
MOST_FILES = 10  # read anew at one time: each takes a process of its own
MOST_CHARACTERS = 30_000_000  # of the texts of files that are kept
KEPT = 8  # indexes
NOTHING = "no text or file is stored here"
TOO_MUCH = "the texts of this case are too long together"
LATER = "not read yet: open this page again"
DAMAGED = "the stored file has changed or is lost"


@dataclass(frozen=True)
class Compared:
    """A version that nothing corrects, by the numbers of its address, and the hashes of what is kept of it."""

    id: int
    material: int
    material_id: int
    identifier: str
    number: int
    label: str
    text_sha256: str
    file_sha256: str
    file_name: str
    file_size: int

    @property
    def heading(self) -> str:
        """Material and label."""
        return f"{self.identifier} {self.label}"

    @property
    def key(self) -> str:
        """Material and version by their numbers."""
        return f"{self.material}.{self.number}"


@dataclass(frozen=True)
class Corpus:
    """The versions that can be compared, in the order of the index, and those that cannot, each with the reason."""

    versions: tuple[Compared, ...]
    index: Index
    without: tuple[tuple[Compared, str], ...]


_indexes: "OrderedDict[tuple[tuple[int, int, str], ...], Index]" = OrderedDict()
_files: "OrderedDict[str, str | DocumentFault]" = OrderedDict()
_lock = Lock()


def corpus_of(case: Case, files: FileStore) -> Corpus:
    """The versions of a case with their texts: the stored text, else that of the stored file."""
    texts, without = _sources(case, files)
    key = tuple((one.id, one.material_id, one.text_sha256 or one.file_sha256) for one in texts)
    with _lock:
        index = _indexes.get(key)
    if index is None:
        index = _index(texts, files)
    with _lock:
        _indexes[key] = index
        _indexes.move_to_end(key)
        while len(_indexes) > 1 and (len(_indexes) > KEPT or sum(one.words for one in _indexes.values()) > MOST_WORDS):
            _indexes.popitem(last=False)
    held = len(index.texts)
    lacking = [*without, *((one, TOO_MUCH) for one in texts[held:])]
    return Corpus(tuple(texts[:held]), index, tuple(sorted(lacking, key=lambda one: (one[0].material, one[0].number))))


def text_of_file(name: str, sha256: str, size: int, files: FileStore) -> str:
    """The text of a stored file. DocumentFault, with a sentence, for what has none."""
    known = _files.get(sha256)
    if known is None:
        known = _read(name, sha256, size, files)
        with _lock:
            _files[sha256] = known
            while len(_files) > 1 and sum(map(_length, _files.values())) > MOST_CHARACTERS:
                _files.popitem(last=False)
    if isinstance(known, DocumentFault):
        raise known
    return known


def _sources(case: Case, files: FileStore) -> tuple[list[Compared], list[tuple[Compared, str]]]:
    """The versions with a text, and the others; files that were not read before are read up to a number."""
    texts, without, anew = [], [], 0
    for one in _versions(case):
        if one.text_sha256:
            texts.append(one)
            continue
        is_new = bool(one.file_sha256) and one.file_sha256 not in _files
        anew += is_new
        if reason := _reason(one, files) if not is_new or anew <= MOST_FILES else LATER:
            without.append((one, reason))
        else:
            texts.append(one)
    return texts, without


def _reason(one: Compared, files: FileStore) -> str:
    """Why a version has no text; empty where its file has one."""
    if not one.file_sha256:
        return NOTHING
    try:
        _text_of(one, files)
    except DocumentFault as fault:
        said = str(fault).rstrip(".")
        return said[:1].lower() + said[1:]
    return ""


def _text_of(one: Compared, files: FileStore) -> str:
    return text_of_file(one.file_name, one.file_sha256, one.file_size, files)


def _length(kept: str | DocumentFault) -> int:
    """A fault takes some room too."""
    return len(str(kept)) + 1_000


def _index(texts: Sequence[Compared], files: FileStore) -> Index:
    """The index of as many of these texts as are not too long together."""
    stored = _stored([one.id for one in texts if one.text_sha256])
    reader, read, words = Reader(), list[Text](), 0
    for one in texts:
        raw = stored[one.id] if one.text_sha256 else _text_of(one, files)
        text = reader.read(raw)
        words += len(text.words)
        if words > MOST_WORDS:
            break
        read.append(text)
    return Index(read, (one.material_id for one in texts[: len(read)]))


def _versions(case: Case) -> list[Compared]:
    select = sa.select(
        Version.id, Material.number.label("material"), Version.material_id, Material.identifier, Version.number,
        Version.label, sa.case((Version.text_size > 0, Version.text_sha256), else_="").label("text_sha256"),
        sa.case((Version.file_size > 0, Version.file_sha256), else_="").label("file_sha256"), Version.file_name,
        sa.func.coalesce(Version.file_size, 0).label("file_size"),
    ).join(Material, Material.id == Version.material_id)  # fmt: skip
    here = select.where(Version.case_id == case.id, Version.uncorrected()).order_by(Material.number, Version.number)
    return [Compared(**row) for row in db.session().execute(here).mappings()]


def _stored(ids: list[int]) -> dict[int, str]:
    """The stored texts; asked for in parts, for a database takes so many values at once."""
    found: dict[int, str] = {}
    for first in range(0, len(ids), 500):
        some = sa.select(Version.id, Version.text).where(Version.id.in_(ids[first : first + 500]))
        found |= dict(db.session().execute(some).all())
    return found


def _read(name: str, sha256: str, size: int, files: FileStore) -> str | DocumentFault:
    if size > LARGEST:
        return DocumentFault(f"This file is larger than {LARGEST >> 20} MB. Paste its text instead.")
    try:
        return text_of(name, b"".join(files.chunks(sha256)))
    except Damaged:
        return DocumentFault(DAMAGED[:1].upper() + DAMAGED[1:] + ".")
    except DocumentFault as fault:
        return fault
