"""Journeys: with the keyboard alone, and without JavaScript."""

import pytest


@pytest.mark.journey
def test_a_disclosure_is_recorded_with_the_keyboard_alone(at_desk, world):
    lena = at_desk()
    lena.goes_to("/sign-in")
    keys = lena.page.keyboard
    for name, text in (("email", world.email("lena")), ("password", world.PASSWORD)):
        lena.tabs_to(lambda one, name=name: one["name"] == name)
        keys.type(text)
    keys.press("Enter")
    lena.page.wait_for_url("**/")
    for href in ("/cases", "/cases/LK-AAAA", "/cases/LK-AAAA/disclosures", "/cases/LK-AAAA/disclosures/new"):
        lena.tabs_to(lambda one, href=href: one["href"] == href)
        assert lena.focused()["outline"] != "nonenone", f"nobody sees that the link to {href} has the focus"
        keys.press("Enter")
        lena.page.wait_for_url(f"**{href}")
    lena.tabs_to(lambda one: one["name"] == "outlet")
    keys.type("The Evening Paper")
    keys.press("Enter")
    lena.page.wait_for_url("**/disclosures/2")
    assert "The Evening Paper" in lena.heading
    assert lena.complaints == []


def test_the_first_tab_leads_past_the_menu(at_desk):
    lena = at_desk("lena")
    lena.goes_to("/cases")
    lena.page.keyboard.press("Tab")
    assert lena.focused()["words"] == "Skip to main content"
    lena.page.keyboard.press("Enter")
    lena.page.keyboard.press("Tab")
    assert lena.page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_a_form_with_an_error_says_so_first_and_leads_to_the_field(at_desk):
    lena = at_desk("lena")
    lena.goes_to("/cases/LK-AAAA/disclosures/new")
    lena.page.locator("form.record-form button.btn-primary").click()
    lena.page.wait_for_load_state()
    assert lena.page.title().startswith("Error: ")
    assert "There is a problem" in lena.page.locator(".error-summary").inner_text()
    assert lena.page.evaluate("() => document.activeElement.classList.contains('error-summary')")
    lena.page.locator(".error-summary a").first.click()
    assert lena.focused()["name"] == "outlet"
    assert lena.sees("light") == []


def test_everything_works_without_javascript(at_desk, world):
    lena = at_desk("lena", java_script_enabled=False)
    lena.follows("Cases")
    lena.follows("LK-AAAA")
    lena.follows("Disclosure")
    lena.goes_to("/cases/LK-AAAA/disclosures/new")
    lena.page.locator("form.record-form button.btn-primary").click()
    assert "There is a problem" in lena.page.locator(".error-summary").inner_text()
    lena.fills("Outlet", "The Morning Paper")
    lena.page.locator("form.record-form button.btn-primary").click()
    assert "The Morning Paper" in lena.heading
    lena.goes_to("/cases/LK-AAAA/disclosures")
    assert lena.page.locator("tbody tr").count() == 2
    lena.page.locator("summary", has_text="Filter").click()
    lena.page.get_by_label("Outlet").first.fill("Morning")
    lena.page.get_by_role("button", name="Apply").click()
    assert lena.page.locator("tbody tr").count() == 1
    lena.page.get_by_role("button", name="Sign out").first.click()
    assert lena.heading == "Sign in"


def test_leaving_a_changed_form_is_asked_about(at_desk):
    lena = at_desk("lena")
    asked = []
    lena.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    lena.goes_to("/cases/LK-AAAA/edit")
    lena.fills("Neutral title", "Changed and not saved")
    lena.goes_to("/cases")
    assert asked == ["beforeunload"]


def test_a_signed_out_page_shows_nothing_when_one_goes_back(at_desk):
    lena = at_desk("lena")
    lena.goes_to("/cases/LK-AAAA")
    lena.page.get_by_role("button", name="Sign out").first.click()
    lena.page.wait_for_load_state()
    lena.page.go_back()
    assert lena.heading == "Sign in"
    assert "Briefing for a call" not in lena.page.content()
