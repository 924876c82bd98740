"""Figures of speed and size, as multiples of floors. `python -m benchmarks`; see docs/speed.md.

Whatever this machine is set to is left out: a benchmark writes into instances of its own and into nothing else.
"""

import os

for _name in [name for name in os.environ if name.startswith("TRACKER_") and not name.startswith("TRACKER_TEST_")]:
    del os.environ[_name]

from tests.machinery.haste import cheapen_passwords  # noqa: E402  # the program reads its settings as it is loaded

cheapen_passwords()
