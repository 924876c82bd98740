"""The table of first lines does what a dict does."""

from hypothesis import given
from hypothesis import strategies as st

from tracker.analysis.logs import repeats

HASHES = st.one_of(st.integers(0, 20), st.integers(0, (1 << 64) - 1), st.integers(0, 50).map(lambda n: n << 40))


@given(st.lists(HASHES, max_size=300))
def test_the_first_line_of_each_hash_is_kept(found):
    before, repeats._FIRST_SIZE = repeats._FIRST_SIZE, 4
    try:
        table, known = repeats.FirstLines(), {}
    finally:
        repeats._FIRST_SIZE = before
    for line, hashed in enumerate(found, 1):
        assert table.setdefault(hashed, line) == known.setdefault(hashed, line)
