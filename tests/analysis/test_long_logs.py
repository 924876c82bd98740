"""A log of a million rows: read in seconds, in bounded memory."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

ROWS = 1_000_000
READ = """
import resource, sys, time
from pathlib import Path
from tracker.analysis.logs.access_log import Row, parse, suggest
from tracker.analysis.logs.files.csv_file import sniff

path = Path(sys.argv[1])
mapping = suggest(sniff(path).header)
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
rows = sum(isinstance(found, Row) for found in parse(path, mapping))
grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
print(rows, int(rows / (time.process_time() - began)), grown)
"""


@pytest.mark.full
def test_a_million_rows_are_read_in_seconds_and_in_120_megabytes(tmp_path):
    path, start = tmp_path / "long.csv", datetime(2018, 1, 1, tzinfo=UTC)
    with path.open("w", encoding="utf-8") as file:
        file.write("person,name,identifier,material,version,copy,channel,level,since,until,source,note\n")
        file.writelines(
            f"P-{n % 500:03},Post {n % 500},account{n % 500}@example.org,NET-{n % 7},v{n % 3},,opened,E3,"
            f"{(start + timedelta(seconds=13 * n)).isoformat()},,mail server,row {n}\n"
            for n in range(ROWS)
        )
    told = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    rows, a_second, megabytes = map(int, told.stdout.split())
    assert rows == ROWS
    assert a_second > 50_000
    assert megabytes < 120
