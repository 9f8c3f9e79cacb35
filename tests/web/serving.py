"""Serves workbenches to the tests, on ports of their own."""

from __future__ import annotations

import socket
import time
from functools import cache
from threading import Thread
from typing import TYPE_CHECKING

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


@cache
def lead_workbench() -> FastAPI:
    """Return the workbench of the lead case, with the Answers that earlier tests have asked for."""
    return workbench(LEAD)
