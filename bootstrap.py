#!/usr/bin/env python3
"""Make .venv and install the tracker into it, from the locked list with its hashes: `python3 bootstrap.py [--dev]`.

Needs nothing but Python 3.11 or newer. Uses uv when it is found, else venv and pip. Safe to run twice; the second run
returns at once when neither the lists nor pyproject.toml changed. With --dev it installs the tools of the tests too.
The first lines must be readable to an old Python, so that it can say what is wrong.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
VERSION = "{}.{}".format(*sys.version_info)
SOURCES = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "bootstrap.py")


def main(dev):
    if sys.version_info < (3, 11):
        sys.exit(
            f"The tracker needs Python 3.11 or newer; this is {VERSION}. Name another: make PYTHON=python3.12 demo"
        )
    texts = [(ROOT / name).read_bytes() for name in SOURCES]
    digest = hashlib.sha256(b"".join([str(ROOT).encode(), *texts])).hexdigest()  # a moved checkout has stale scripts
    if installed(digest, dev):
        return
    uv = shutil.which("uv")
    make_venv(uv)
    lock = ROOT / ("requirements-dev.lock" if dev else "requirements.lock")
    pip = [uv, "pip", "install", "--python", str(PYTHON)] if uv else [str(PYTHON), "-m", "pip", "install"]
    run(*pip, "--quiet", "--require-hashes", "-r", str(lock))
    run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    STAMP.write_text(digest + (" dev" if dev else ""))
    print("Installed into .venv: .venv/bin/tracker --help")


def installed(digest, dev):
    """Whether .venv holds this very list; one with the tools serves those who need none, too."""
    if not (STAMP.is_file() and (VENV / "bin" / "tracker").is_file()):
        return False
    return STAMP.read_text() in {digest + " dev", digest + " dev" if dev else digest}


def make_venv(uv):
    """A .venv with a Python that starts; one that is there stays, with the Python it was made of."""
    works = PYTHON.is_file() and subprocess.run([str(PYTHON), "-c", ""], check=False).returncode == 0
    if uv:
        if not works:
            run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(VENV))
        return
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(
            "This Python cannot make a virtual environment. On Debian or Ubuntu, run this and try again:\n"
            f"  sudo apt-get install python{VERSION}-venv"
        )
    if not (works and (VENV / "bin" / "pip").is_file()):
        run(sys.executable, "-m", "venv", *([] if works else ["--clear"]), str(VENV))


def run(*command):
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("Could not install: this step failed, its reason stands above: " + " ".join(command))


if __name__ == "__main__":
    main(dev="--dev" in sys.argv[1:])
