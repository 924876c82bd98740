"""A time in a real browser: how it is read is said when the box is left, and asked back where it could be either."""


def test_a_time_is_read_when_its_box_is_left_and_the_focus_stays(looking):
    tab = looking("lena")
    tab.goes_to("/cases/LK-AAAA/disclosures/new")
    said = tab.page.locator("#published-reading")
    tab.fills("Published", "19/03/2018 5:20 pm")
    tab.page.keyboard.press("Tab")
    said.get_by_text("Read as 19 Mar 2018, 17:20 (UTC)").wait_for()
    tab.fills("Published", "04/03/2018 5:20 pm")
    tab.page.keyboard.press("Tab")
    said.get_by_text("can be read in two ways").wait_for()
    assert tab.sees("light") == []
    said.get_by_label("3 Apr 2018").check()
    said.get_by_text("Read as 3 Apr 2018, 17:20 (UTC)").wait_for()
    assert said.get_by_label("3 Apr 2018").is_checked()
    assert tab.focused()["name"] == "published-order"
    assert tab.complaints == []


def test_the_second_time_of_between_is_shown_where_it_is_needed(looking):
    tab = looking("lena")
    tab.goes_to("/cases/LK-AAAA/disclosures/new")
    latest = tab.page.locator("#published-latest")
    tab.page.get_by_text("Approximate time").first.click()
    assert not latest.is_visible()
    tab.page.get_by_label("Between").first.check()
    tab.fills("Published", "20 Mar 2018 15:00")
    latest.fill("6:30 pm")
    tab.page.keyboard.press("Tab")
    tab.page.get_by_text("Read as between 15:00 and 18:30, 20 Mar 2018 (UTC)").wait_for()
    assert not tab.page.locator("#published-other_zone").is_visible()
    tab.page.get_by_label("Time zone of Published").select_option("other")
    assert tab.page.locator("#published-other_zone").is_visible()
