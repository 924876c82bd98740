"""How much a request may bring, and that 413 is the answer to more, whatever looks at the form afterwards."""

import io

import pytest
from werkzeug.test import create_environ

from tests.readers.page_faults import faults_of
from tracker.web.transfer.bodies import MEMBER, MOST_FIELDS, STRANGER, ask_allowance

LONG, UPLOAD = "application/x-www-form-urlencoded", "/cases/LK-AAAA/exhibits/new"


class Unreadable(io.BytesIO):
    """A body of some length that must not be read."""

    def __init__(self, length):
        super().__init__()
        self.length, self.at = length, 0

    def seek(self, offset, whence=0):
        """Go to its end, where its length is asked for."""
        self.at = self.length if whence == io.SEEK_END else offset
        return self.at

    def tell(self):
        """Where it is."""
        return self.at

    def read(self, *_size):
        """Fail."""
        raise AssertionError("the body was read")


def refused(client, url, length, kind=LONG):
    return client.post(url, input_stream=Unreadable(length), content_type=kind)


@pytest.mark.parametrize("url", ["/sign-in", "/invitations/none", "/no-such-page", "/cases/LK-AAAA/people/new"])
def test_a_stranger_brings_little(app, url):
    answer = refused(app.test_client(), url, STRANGER + 1)
    assert answer.status_code == 413
    assert "a form can hold 64 kB" in answer.text


def test_a_stranger_may_bring_what_a_form_needs(app):
    form = b"email=" + b"a" * (STRANGER - 6)
    assert app.test_client().post("/sign-in", data=form, content_type=LONG).status_code != 413


def test_a_member_brings_more_and_is_told_of_files(browse):  # 400: it was read, and holds no CSRF token
    assert (
        browse("ines").post("/cases/LK-AAAA/people/new", data={"name": "a" * STRANGER}).status_code == 400
    )  # no token
    answer = refused(browse("ines"), "/cases/LK-AAAA/people/new", MEMBER + 1)
    assert answer.status_code == 413
    assert "Upload a longer text as a file." in answer.text


@pytest.mark.parametrize(
    ("url", "kind"), [(UPLOAD, LONG), ("/cases/LK-AAAA/people/new", "multipart/form-data; boundary=x")]
)
def test_only_files_to_where_files_go_are_longer(browse, url, kind):
    assert refused(browse("ines"), url, MEMBER + 1, kind).status_code == 413


def test_not_even_a_file_is_longer_than_the_setting(browse, settings):
    longest = settings.max_upload_mb << 20
    assert refused(browse("ines"), UPLOAD, longest + 1, "multipart/form-data; boundary=x").status_code == 413


@pytest.mark.parametrize("kind", [LONG, "multipart/form-data; boundary=x"])
def test_a_form_has_so_many_fields(browse, kind):
    fields = MOST_FIELDS + 1
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    body = b"a=1&" * fields if kind == LONG else part * fields + b"--x--\r\n"
    assert browse("ines").post("/cases/LK-AAAA/people/new", data=body, content_type=kind).status_code == 413


def test_a_body_whose_length_nobody_told_is_cut_off(app):
    stream = io.BytesIO(b"a" * (STRANGER + 1))
    answer = app.test_client().post(
        "/sign-in", input_stream=stream, content_type=LONG, environ_overrides={"wsgi.input_terminated": True}
    )
    assert answer.status_code == 413


def test_the_server_is_told_the_same(app, browse):
    ask = ask_allowance(app)
    environ = create_environ(UPLOAD, "http://localhost", method="POST", content_type="multipart/form-data; boundary=x")
    for more, length in (
        ({}, STRANGER),
        ({"HTTP_COOKIE": cookie_of(browse("ines"))}, 512 << 20),
        ({"HTTP_HOST": "elsewhere.example"}, STRANGER),
    ):
        with app.app_context():  # else Flask would share `g`, and with it who is signed in
            assert ask({**environ, **more}) == length


def cookie_of(client):
    (found,) = [cookie for cookie in client._cookies.values() if cookie.key == "tracker_session"]
    return f"{found.key}={found.value}"


def test_a_page_with_a_field_for_files_that_takes_none_is_a_fault(app):
    sends = '<h1>a</h1><title>a</title><form method="post"><input type="file" aria-label="a"></form>'
    told = "its view takes no files"
    assert any(told in fault for fault in faults_of(app, "/cases/LK-AAAA/people/new", sends))
    assert not any(told in fault for fault in faults_of(app, UPLOAD, sends))
