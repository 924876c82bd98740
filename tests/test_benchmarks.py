"""Benchmarks measure the program as it is: what they write waits for the disk as what a user writes does."""

import subprocess
import sys

import pytest

from tests.machinery.server import ROOT

PRAGMAS = "synchronous", "journal_mode", "foreign_keys", "temp_store", "busy_timeout", "trusted_schema", "cache_size"
ASK = """
import importlib, pathlib, sys
from tracker.base import connections, db

def pragmas():
    with connections.open_engine(f"sqlite:///{sys.argv[1]}/trial.db").connect() as connection:
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in sys.argv[2:]]

before = pragmas()
for path in pathlib.Path("benchmarks").glob("[a-z]*.py"):
    importlib.import_module(f"benchmarks.{path.stem}")
print(before, pragmas(), sep="\\n")
"""


@pytest.mark.gate("starts a benchmark")
def test_a_connection_of_a_benchmark_has_the_pragmas_of_the_program(tmp_path):
    (tmp_path / "trial.db").touch()
    asked = subprocess.run(
        [sys.executable, "-c", ASK, tmp_path, *PRAGMAS], cwd=ROOT, check=True, capture_output=True, text=True
    )
    program, benchmark = asked.stdout.splitlines()
    assert benchmark == program
    assert program.startswith("[2, 'wal', 1, ")  # FULL: a change is on the disk before anybody is told that it is kept
