"""The documents name what is there: every path, link, command and setting in them exists."""

import re
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tracker.base.config import PREFIX, Settings
from tracker.cli import tracker

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]
QUOTED = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]*/[\w./-]*|[\w-]+\.(?:py|md|html|txt|lock|toml)")
LINK = re.compile(r"\]\(([^)#:\s]+)\)")
TARGET = re.compile(r"^([a-z-]+):", re.MULTILINE)
PLACES = (
    "",
    "tracker",
    "tests",
    "docs",
    "static",
    "tracker/migrations",
    "benchmarks",
)  # where what a document names may stand
MADE = {  # what appears when the program or its tests run
    "instance/", "files/", ".venv", "instance.key", "pictures/", ".venv/bin/python", ".venv/bin/tracker", "uv.lock",
    "spool/", "tests/golden", "tests/golden/",
}  # fmt: skip
EXAMPLES = {  # what the recipes make, and examples in the docs
    "04/03/2018", "10.1.0.0/24", "2018/03/20", "d/m/y", "m/d/y", "y/m/d", "Europe/Berlin",
    "tracker/models/inquiry/devices.py", "tracker/actions/inquiry/devices.py", "tracker/views/inquiry/devices.py",
    "templates/inquiry/devices/", "list.html", "show.html", "new.html", "edit.html",
    "tracker/imports/systems/papertrail.toml", "tests/imports/systems/samples/papertrail.csv",
    "tests/imports/systems/samples/papertrail.toml",
}  # fmt: skip
ADDRESS = re.compile(r"/[a-z]")  # of the program's own pages, or of another machine


def quoted(path):
    """What stands between backticks, outside blocks of code."""
    text = re.sub(r"^ *```.*?^ *```", "", path.read_text(), flags=re.MULTILINE | re.DOTALL)
    return QUOTED.findall(text)


def is_there(path, document):
    return any((ROOT / place / path).exists() for place in PLACES) or (document.parent / path).exists()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_and_link_leads_somewhere(document):
    paths = [word for word in quoted(document) if PATH.fullmatch(word) and not ADDRESS.match(word)]
    paths = [one for one in paths if one not in MADE | EXAMPLES and not re.fullmatch(r"\w+/\d+", one)]
    links = LINK.findall(document.read_text())
    assert [one for one in paths if not is_there(one, document)] == []
    assert [one for one in links if not (document.parent / one).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_is_one(document):
    said = re.findall(
        r"\btracker ((?:[a-z]+[ |\\]*)+)", "\n".join(one for one in quoted(document) if "tracker " in one)
    )
    assert [words for words in said if not is_command(words)] == []


def is_command(words):
    """Whether the words, of which each may be one of several (`invite|disable`), lead to a command."""
    found = [tracker]
    for word in words.split():
        groups = [one for one in found if isinstance(one, click.Group)]
        if not groups:
            return True  # what follows is an argument
        found = [group.commands.get(name) for group in groups for name in word.replace("\\", "").split("|")]
        if None in found:
            return False
    return True


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_target_of_make_is_one(document):
    targets = set(TARGET.findall((ROOT / "Makefile").read_text()))
    said = {one for words in quoted(document) for one in re.findall(r"^make ([a-z]+)\b(?!=)", words)}
    assert said - targets == set()


def test_every_setting_of_the_readme_is_one_and_none_is_missing():
    said = re.findall(r"`(TRACKER_\w+)`", (ROOT / "README.md").read_text())
    assert set(said) == {f"{PREFIX}{one.name.upper()}" for one in fields(Settings)}


def test_every_command_stands_in_the_readme():
    commands = re.findall(r"`tracker (\w+)", (ROOT / "README.md").read_text())
    assert {name for name, command in tracker.commands.items() if not command.hidden} == set(commands)
