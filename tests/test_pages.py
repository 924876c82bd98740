"""Pages that nobody else's test looks at, and the checking client itself."""


def test_a_stranger_is_asked_to_sign_in(client):
    answer = client.get("/cases")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/cases")


def test_signing_in_through_the_page_leads_to_where_one_wanted_to_go(client):
    answer = client.sign_in("lena@tracker.example", next="/cases")
    assert (answer.status_code, answer.location) == (303, "/cases")
    assert "LK-AAAA" in client.get("/cases").text


def test_two_clients_are_two_people(browse):
    lena, ivo = browse("lena"), browse("ivo")
    assert "LK-AAAA" in lena.get("/cases").text
    assert "LK-AAAA" not in ivo.get("/cases").text
    assert lena.get("/cases/LK-AAAA").status_code == 200
    assert ivo.get("/cases/LK-AAAA").status_code == 404


def test_a_form_is_sent_as_the_page_shows_it(browse, world, last_entry):
    answer = browse("lena").post_form("/cases/LK-AAAA/edit", title="Briefing for another call")
    assert (answer.status_code, answer.location) == (303, "/cases/LK-AAAA")
    assert world.case().title == "Briefing for another call"
    assert world.case().question == "What came out?"
    assert last_entry()["act"] == "case.changed"
