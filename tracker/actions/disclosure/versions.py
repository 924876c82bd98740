"""Versions of a material. Their words change freely; text and file are kept only with a reason, and never edited."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from tracker.actions.checks import add_numbered, change, must_say
from tracker.audit.doors import Refused, action, note
from tracker.base.config import Settings
from tracker.base.files import Stored
from tracker.base.text import fold
from tracker.models.disclosure.materials import Material
from tracker.models.disclosure.versions import Version
from tracker.models.register.accounts import Account
from tracker.policy import Permission

WORDS = ("label", "made", "author", "changes", "identifier", "holders_known", "holders", "holders_most")


@dataclass(frozen=True)
class Content:
    """What is kept of a version: text and file themselves, with a reason, or only their SHA-256 in hex."""

    text: str = ""
    text_sha256: str = ""
    file: Stored | None = None
    file_name: str = ""
    file_sha256: str = ""
    reason: str = ""

    @property
    def stores(self) -> bool:
        """Whether more than a hash is kept."""
        return bool(self.text or self.file)


def may_store(material: Material, settings: Settings) -> bool:
    """Whether text and files of this material may be kept here: not above the marking the operator set."""
    order = settings.markings
    known = material.marking in order
    return known and order.index(material.marking) <= order.index(settings.store_text_up_to)


def must_be_storable(material: Material, settings: Settings, reason: str) -> None:
    """Refuse to keep a text or file: asked before a byte is taken in, and once more by the action."""
    if not may_store(material, settings):
        raise Refused(
            f"Nothing above {settings.store_text_up_to} can be stored here. The marking of this material is "
            f'"{material.marking or "none"}". Enter the SHA-256 of the text or file instead.'
        )
    must_say(reason, "Enter the reason for storing the text or file, or enter its SHA-256 only.", "store_reason")


@action(Permission.RECORD_MATERIAL, "version.recorded")
def record_version(
    actor: Account, material: Material, *, label: str, content: Content, settings: Settings, **about: Any
) -> Version:
    """Record a version of a material; `about` is what else is said of it, `made` a Moment."""
    _must_be_free(material, label)
    return _record(material, content, settings, label=label, **about)


@action(Permission.RECORD_MATERIAL, "version.changed", edits=True)
def edit_version(actor: Account, version: Version, *, label: str, **about: Any) -> None:
    """Change the words about a version; its text and file are corrected by a new row instead."""
    _must_be_newest(version)
    _must_be_free(version.material, label, but=version)
    change(version, label=label, **about)


@action(Permission.RECORD_MATERIAL, "version.corrected")
def correct_version(
    actor: Account, version: Version, *, content: Content, settings: Settings, why_corrected: str
) -> Version:
    """Correct text or file by a new row that names the old one, which stays readable. What hangs on it moves along.

    A file that was kept is kept on when its hash is given again.
    """
    _must_be_newest(version)
    must_say(why_corrected, "Enter the reason for the correction.", "why_corrected")
    about = {name: getattr(version, name) for name in WORDS}
    if may_store(version.material, settings):
        content = _keeping_file(version, content)
    newer = _record(version.material, content, settings, corrects=version, why_corrected=why_corrected, **about)
    for thing in (*version.copies, *version.coverage):
        change(thing, version=newer)
    return newer


@action(Permission.READ_CASE, "version.read", changes=False)
def read_version(reader: Account, version: Version, *, what: str) -> None:
    """Note that somebody opened the stored "text" or "file" of a version."""
    note(what=what)


def _record(material: Material, content: Content, settings: Settings, **about: Any) -> Version:
    if content.stores:
        must_be_storable(material, settings, content.reason)
    return add_numbered(
        Version, material=material, store_reason=content.reason if content.stores else "", **_text_of(content),
        **_file_of(content), **about,
    )  # fmt: skip


def _keeping_file(version: Version, content: Content) -> Content:
    if content.file is not None or version.file_size is None or content.file_sha256.lower() != version.file_sha256:
        return content
    same = Stored(version.file_sha256, version.file_size)
    return replace(content, file=same, file_name=version.file_name)


def _text_of(content: Content) -> dict[str, Any]:
    given = content.text_sha256.lower()
    if not content.text:
        return {"text_sha256": given or None}
    found = hashlib.sha256(content.text.encode()).hexdigest()
    if given and given != found:
        raise Refused(f"The SHA-256 does not fit this text, which has {found}. Correct the text or the SHA-256.")
    return {"text": content.text, "text_size": len(content.text), "text_sha256": found}


def _file_of(content: Content) -> dict[str, Any]:
    given = content.file_sha256.lower()
    if content.file is None:
        return {"file_sha256": given or None, "file_name": content.file_name}
    if given and given != content.file.sha256:
        raise Refused(f"The SHA-256 does not fit this file, which has {content.file.sha256}. Correct it.")
    return {"file_sha256": content.file.sha256, "file_size": content.file.size, "file_name": content.file_name}


def _must_be_newest(version: Version) -> None:
    if version.corrected_by is not None:
        raise Refused(f"Version {version.corrected_by.number} corrects this version. Edit that version instead.")


def _must_be_free(material: Material, label: str, but: Version | None = None) -> None:
    """Imports name a version by its label, so two that stand side by side cannot share one."""
    for other in material.versions:
        if fold(other.label) == fold(label) and other is not but and other.corrected_by is None:
            raise Refused(f"Version {other.number} of this material is called {other.label}. Enter another label.")
