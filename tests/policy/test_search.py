"""The rules of reading as search asks them say the same as the rules themselves, for every combination of roles."""

from itertools import combinations

from tracker.actions.answers.searches import record_search
from tracker.analysis.search.queries import parse
from tracker.audit.search.finding import Search, find_logged
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


def test_who_has_no_role_finds_nothing_and_a_search_is_recorded(world, last_entry):
    lena, nora = world.person("lena"), world.person("nora")
    search = Search(parse("case"))
    assert Search(parse("briefing")).count(db.session(), lena) == {"cases": 1, "hypothesis": 1}
    assert Search(parse("briefing")).count(db.session(), nora) == {}
    assert [one.action for one in find_logged(db.session(), lena, search)] == ["case.opened"]
    assert find_logged(db.session(), nora, search) == []
    record_search(nora, None, query="0" * 32, hits=0)
    assert (last_entry()["act"], last_entry()["d"]) == ("search.made", {"query": "0" * 32, "hits": 0})
