"""The overview of a case under investigation: its key facts, its course, its claims."""

from tests.builders.build_access import person_level, two_versions, utc
from tests.builders.build_interview import planned, sealed
from tests.builders.build_material import person


def test_the_overview_says_how_far_the_case_has_come(world, browse):
    two_versions()
    sealed()
    planned(person(), planned_for=utc("2018-03-30 10:00"))
    person_level()
    text = " ".join(browse("lena").get("/cases/LK-AAAA").text.split())
    assert "<span>with 2 versions</span>" in text
    assert "<span>1 held, 1 planned</span><small>next 30 Mar 2018, P-002</small>" in text
    assert '<small><a href="/cases/LK-AAAA/findings/new">Add</a></small>' in text
    assert '<a href="/cases/LK-AAAA/disclosures/1/claims/1/who-had-access">CARDS v2</a>' in text
    assert "0 of 4" in text


def test_first_steps_are_hidden_for_one_account_and_shown_again(world, browse):
    here = "/cases/LK-AAAA"
    lena, ines = browse("lena"), browse("ines")
    assert 'id="first-steps"' in lena.get(here).text
    for _ in range(2):  # sent twice it is hidden once
        assert lena.post(f"{here}/first-steps", data={"hide": "yes", **lena.tokens()}).status_code == 303
    hidden = lena.get(here).text
    assert 'id="first-steps"' not in hidden
    assert "Show first steps" in hidden
    assert 'id="first-steps"' in ines.get(here).text
    lena.post(f"{here}/first-steps", data=lena.tokens())
    assert 'id="first-steps"' in lena.get(here).text
