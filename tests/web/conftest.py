"""The workbench of the lead case, served to this machine on a port of its own."""

from __future__ import annotations

import socket
import time
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from guarantor.web import workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastapi import FastAPI

LEAD = "ukraine-2025-08"
PATIENCE = 120
"""Seconds for one page: the first that asks futures compiles them."""


def served(app: FastAPI) -> Iterator[str]:
    """Serve an application until the reader is done; yield its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none", lifespan="off"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join()
    listening.close()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    yield from served(workbench(LEAD))


@pytest.fixture(scope="session")
def reader(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        yield client


@pytest.fixture(scope="session")
def locked() -> Iterator[httpx.Client]:
    """Return a client of a workbench that asks for a key, and has none."""
    for place in served(workbench(LEAD, key="a-long-and-secret-key")):
        with httpx.Client(base_url=place, timeout=PATIENCE, trust_env=False) as client:
            yield client
