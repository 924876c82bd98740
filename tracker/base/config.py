"""Settings: the environment (`TRACKER_*`) over the instance folder; frozen, typed, refusing what it does not know."""

import ipaddress
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from tracker.analysis.letters import read_number

PREFIX = "TRACKER_"
DEFAULT_MARKINGS = ("public", "internal", "official-sensitive", "secret")
SHORTEST_SECRET = 32
NUMBERS = {"max_upload_mb", "idle_minutes", "session_hours", "invitation_hours", "quota_member_mb", "quota_case_mb"}


class BadSetting(Exception):
    """A setting that is unknown, malformed or unsafe; its text is one sentence for the operator."""


@dataclass(frozen=True)
class Settings:
    """Everything an operator can choose. Durations are named with their unit."""

    instance: Path
    secret_key: str
    database_url: str
    database_owner_url: str | None = None
    key_file: Path | None = None
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    trusted_proxy: str | None = None
    markings: tuple[str, ...] = DEFAULT_MARKINGS
    store_text_up_to: str = "official-sensitive"
    max_upload_mb: int = 512
    idle_minutes: int = 30
    session_hours: int = 12
    invitation_hours: int = 72
    quota_member_mb: int | None = None
    quota_case_mb: int | None = None

    @classmethod
    def load(cls, environ: Mapping[str, str], instance: Path) -> Self:
        """Read the settings for `instance`; raises BadSetting with one sentence."""
        given = {name[len(PREFIX) :].lower(): text for name, text in environ.items() if name.startswith(PREFIX)}
        given = {name: text for name, text in given.items() if not name.startswith("test_")}
        known = {field.name for field in fields(cls)}
        if unknown := sorted(set(given) - known):
            raise BadSetting(f"Remove the unknown setting {PREFIX}{unknown[0].upper()}. The README lists all settings.")
        instance = Path(given.pop("instance", instance)).absolute()
        values: dict[str, object] = {name: _parse(name, text) for name, text in given.items()}
        if "secret_key" not in values:
            values["secret_key"] = _read_secret(instance)
        values.setdefault("database_url", f"sqlite:///{instance / 'tracker.db'}")
        settings = cls(instance=instance, **values)  # type: ignore[arg-type]  # _parse gives each field its type
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse what would be unsafe; raises BadSetting."""
        if len(self.secret_key) < SHORTEST_SECRET or len(set(self.secret_key)) < 8:
            raise BadSetting(
                f"TRACKER_SECRET_KEY is too weak. Use at least {SHORTEST_SECRET} random characters, "
                "or remove it and let 'tracker init' make one."
            )
        if urlsplit(self.database_url).scheme.split("+")[0] not in {"sqlite", "postgresql"}:
            raise BadSetting("TRACKER_DATABASE_URL must begin with sqlite:/// or postgresql://.")
        if self.store_text_up_to not in self.markings:
            raise BadSetting("TRACKER_STORE_TEXT_UP_TO must be one of TRACKER_MARKINGS.")
        if self.is_sqlite and self.database_owner_url:
            raise BadSetting("Remove TRACKER_DATABASE_OWNER_URL. It is for PostgreSQL, and the database is SQLite.")

        if self.trusted_proxy is not None:
            _must_be_network(self.trusted_proxy)

    @property
    def is_sqlite(self) -> bool:
        """Whether the record lies in a SQLite file of the instance folder."""
        return self.database_url.startswith("sqlite")

    @property
    def storage_key_file(self) -> Path:
        """The key of the file store: outside the data, so that a copy of the data alone cannot be read."""
        return self.key_file or self.instance.with_name(self.instance.name + ".key")

    @property
    def default_marking(self) -> str:
        """What a new case is marked with until somebody says otherwise."""
        return self.markings[min(1, len(self.markings) - 1)]

    def printable(self) -> list[tuple[str, str]]:
        """Name and value of each setting, without secrets."""
        return [
            (PREFIX + field.name.upper(), _without_secret(field.name, getattr(self, field.name)))
            for field in fields(self)
        ]


def is_loopback(host: str) -> bool:
    """Whether `host` names this machine only, so that plain http is no risk."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _must_be_network(text: str) -> None:
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        raise BadSetting("TRACKER_TRUSTED_PROXY must be an address or a network, such as 127.0.0.1.") from None


def _parse(name: str, text: str) -> object:
    if name in NUMBERS:
        if not read_number(text):
            raise BadSetting(f"{PREFIX}{name.upper()} must be a whole number above zero.")
        return int(text)
    if name in {"trusted_hosts", "markings"}:
        return tuple(word.strip() for word in text.split(",") if word.strip())
    return Path(text).absolute() if name == "key_file" else text


def _read_secret(instance: Path) -> str:
    path = instance / "secret_key"
    if not path.exists():
        raise BadSetting(f"There is no register in {instance}. Set up the register with 'tracker init'.")
    if stat.S_IMODE(path.stat().st_mode) & 0o077 and os.name == "posix":
        raise BadSetting(f"{path} can be read by others. Run: chmod 600 {path}")
    return path.read_text(encoding="ascii").strip()


def _without_secret(name: str, value: object) -> str:
    if name == "secret_key":
        return "(set)"
    if name in {"database_url", "database_owner_url"} and value and "@" in str(value):
        scheme, rest = str(value).split("://", 1)
        return f"{scheme}://(account)@{rest.rsplit('@', 1)[1]}"
    return ", ".join(value) if isinstance(value, tuple) else str(value)
