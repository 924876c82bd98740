"""The tree speaks of itself alone: no path of one machine, no address of a package index, no key, no real mail."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOT_OURS = {"static/vendor", "tests/vendor"}
FOREIGN = {
    "a path of one machine": re.compile(
        r"(?<![\w.$~}-])/(?:home|Users|root|work|workspace)/\w|/tmp/\w+/|[A-Z]:\\\\?Users"
    ),
    "a package index or a mirror": re.compile(
        r"://[\w.-]*(?:pypi|pythonhosted|npmjs|yarnpkg|npmmirror|artifactory|nexus|mirror|registry)[\w.-]*"
        r"|\"resolved\":|(?:extra-)?index-url\s*=|find-links\s*=|^registry\s*=",
        re.IGNORECASE | re.MULTILINE,
    ),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a mail address that could be real": re.compile(
        r"[\w.+-]+@(?!(?:[\w-]+\.)*(?:example|test|invalid|localhost)\b)[\w-]+\.(?:com|org|net|gov|eu|de|uk)\b"
    ),
}


def ours() -> dict[str, str]:
    """Every text file that is, or is about to be, in the repository."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    kept = [ROOT / name for name in names if not any(name.startswith(folder) for folder in NOT_OURS)]
    return {str(path.relative_to(ROOT)): path.read_text(errors="ignore") for path in kept if path.is_file()}


@pytest.mark.parametrize("what", FOREIGN)
def test_no_file_names(what):
    assert {name: hit.group() for name, text in ours().items() if (hit := FOREIGN[what].search(text))} == {}


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "see /" + "home/ada/notes"),
        ("a path of one machine", "in /" + "tmp/build/x"),
        ("a package index or a mirror", "https:/" + "/pypi.example/simple"),
        ("a package index or a mirror", '"resolved"' + ": 1"),
        ("a private key", "-----BEGIN " + "PRIVATE KEY-----"),
        ("a mail address that could be real", "ada" + "@ministry.gov"),
    ],
)
def test_the_patterns_see_what_they_are_for(what, text):
    assert FOREIGN[what].search(text)
