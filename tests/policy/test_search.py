"""The rules of reading as search asks them say the same as the rules themselves, for every combination of roles."""

from itertools import combinations

from tracker.base import db
from tracker.models.case.words import Role
from tracker.policy import allows
from tracker.policy.search import LOGGED, READERS


def test_the_readers_of_the_index_are_those_of_the_pages(world):
    account, case = world.person("nora"), world.case()
    known = db.session().info.setdefault("roles", {})
    for roles in (frozenset(some) for size in range(len(Role) + 1) for some in combinations(Role, size)):
        known[account.id, case.id] = roles
        for needs, has, never in (*READERS.values(), LOGGED):
            assert allows(account, needs, case) == bool(roles & has and not roles & never), (needs, roles)
