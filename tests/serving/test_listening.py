"""A port is listened on alone: two registers at one address would put data in the wrong place."""

import errno
import socket

import pytest

from tests.machinery.server import free_port
from tracker.serving.processes import PortInUse, listen


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_port_is_used_once(host):
    port = free_port()
    with listen("127.0.0.1", port), pytest.raises(PortInUse, match=f"^Port {port} of {host} cannot be used: Another"):
        listen(host, port)


@pytest.mark.parametrize(("first", "second"), [("::1", "127.0.0.1"), ("127.0.0.1", "[::1]")])
def test_nor_is_the_other_address_of_localhost(first, second):
    port = free_port()
    with socket.socket(socket.AF_INET6) as probe:
        if probe.connect_ex(("::1", port)) == errno.EADDRNOTAVAIL:
            pytest.skip("there is no IPv6")
    listener = listen(first, port)
    with listener, pytest.raises(PortInUse):
        listen(second, port)


def test_a_port_that_is_let_go_of_can_be_used_again():
    port = free_port()
    for _ in range(2):
        with listen("127.0.0.1", port) as listener:
            assert listener.family is socket.AF_INET


def test_an_address_of_another_machine_is_said_in_a_sentence():
    with pytest.raises(PortInUse, match="cannot be used"):
        listen("203.0.113.1", free_port())
