"""Figures of speed and size, as multiples of floors. `python -m benchmarks`; see docs/speed.md.

Whatever this machine is set to is left out: a benchmark writes into instances of its own and into nothing else.
"""

import os

for _name in [name for name in os.environ if name.startswith("TRACKER_")]:
    del os.environ[_name]
os.environ["TRACKER_TEST_CHEAP_HASHES"] = "1"
