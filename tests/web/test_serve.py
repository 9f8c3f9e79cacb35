"""Serving: this machine alone unless said otherwise, and then with a key."""

from __future__ import annotations

import socket

import pytest
from serving import LEAD

from guarantor.problems import Misuse
from guarantor.web import serve
from guarantor.web.guard import is_loopback


@pytest.fixture
def unserved(monkeypatch: pytest.MonkeyPatch):
    """Let everything happen but the serving itself."""
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: None)
    monkeypatch.setattr("guarantor.web.desk.Desk.warm", lambda self: None)


def test_this_machine_alone_needs_no_key(unserved):
    told: list[str] = []
    serve(LEAD, "127.0.0.1", 0, told.append)
    (line,) = told
    assert "http://127.0.0.1:" in line


def test_any_other_address_prints_a_key_that_is_new_each_time(unserved):
    told: list[str] = []
    for _ in range(2):
        serve(LEAD, "0.0.0.0", 0, told.append)
    keys = [line.rpartition(" ")[2] for line in told if "key" in line]
    assert len(set(keys)) == 2
    assert all(len(key) >= 32 for key in keys)


def test_a_port_that_is_taken_says_so_before_the_case_is_read():
    with (
        socket.create_server(("127.0.0.1", 0)) as taken,
        pytest.raises(Misuse, match="the address cannot be had"),
    ):
        serve("no-such-case", "127.0.0.1", taken.getsockname()[1], print)


@pytest.mark.parametrize("port", [-1, 65_536])
def test_a_number_that_is_no_port_is_refused(port: int):
    with pytest.raises(Misuse, match="no port"):
        serve(LEAD, "127.0.0.1", port, print)


@pytest.mark.parametrize(
    ("host", "alone"),
    [("localhost", True), ("127.0.0.9", True), ("::1", True)]
    + [(each, False) for each in ("0.0.0.0", "192.0.2.1", "::", "localhost.example", "")],
)
def test_which_addresses_only_this_machine_can_reach(host: str, alone: bool):
    assert is_loopback(host) is alone
