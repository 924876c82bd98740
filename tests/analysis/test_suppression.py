"""Small cells of statistics: nobody who knows total and rules works out a hidden one."""

from collections import defaultdict
from itertools import product

import pytest

from tracker.analysis.suppression import LEAST, shown_total, suppress


@pytest.mark.parametrize(("cells", "up_to"), [(1, 9), (2, 12), (3, 11), (4, 7)])
def test_every_hidden_cell_may_be_one_of_several_numbers(cells, up_to):
    tables = defaultdict(list)
    for counts in product(range(up_to), repeat=cells):
        given = dict(zip("abcd", counts, strict=False))
        tables[tuple(suppress(given).items()), shown_total(given)].append(counts)
    # of larger totals some tables are not tried
    whole = [(said, found) for (said, total), found in tables.items() if (total or 0) < up_to]
    assert whole
    for said, found in whole:
        for place, (_, shown) in enumerate(said):
            assert shown is not None or len({counts[place] for counts in found}) > 1, (said, found)


def test_what_is_shown_is_right_and_never_small():
    shown = suppress({"recipient": 82, "attendee": 31, "originator": 1, "witness": 0})
    assert shown == {"recipient": None, "attendee": 31, "originator": None, "witness": None}
    assert suppress({"in_person": 60, "video": 66}) == {"in_person": 60, "video": 66}
    assert shown_total({"in_person": 3, "video": 1}) is None
    assert shown_total({"in_person": 3, "video": 2}) == LEAST
