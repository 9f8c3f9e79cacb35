"""Opens the workbench to a browser."""

from __future__ import annotations

import socket
from contextlib import ExitStack, closing
from secrets import token_urlsafe
from threading import Thread
from typing import TYPE_CHECKING

import uvicorn

from guarantor.problems import Misuse
from guarantor.web.app import workbench
from guarantor.web.guard import is_loopback

if TYPE_CHECKING:
    from collections.abc import Callable

HIGHEST_PORT = 65_535


def serve(called: str, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve a case until it is stopped; tell: called with each line that the reader needs.

    Raises Misuse when the address cannot be had, and Problems for what is wrong with the case.
    """
    key = None if is_loopback(host) else token_urlsafe(24)
    bound = _bound(host, port)
    with closing(bound):
        app = workbench(called, key)
        at, on = bound.getsockname()[:2]
        place = f"[{at}]" if ":" in at else at
        tell(f"{called} is open at http://{place}:{on}/ (stop with Ctrl-C)")
        if key is not None:
            tell(f"Other machines can reach it; the access key is {key}")
        Thread(target=app.state.desk.warm, daemon=True).start()
        config = uvicorn.Config(app, log_level="warning", server_header=False, ws="none")
        uvicorn.Server(config).run(sockets=[bound])


def _bound(host: str, port: int) -> socket.socket:
    if not 0 <= port <= HIGHEST_PORT:
        raise Misuse.one("no port", found=str(port), allowed=f"0 to {HIGHEST_PORT}")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        bound = socket.socket(family, kind, protocol)
        with ExitStack() as unless_bound:
            unless_bound.callback(bound.close)
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            bound.bind(place)
            unless_bound.pop_all()
    except OSError as error:
        raise Misuse.one(
            "the address cannot be had",
            found=f"{host}, port {port}: {error.strerror or error}",
            allowed="an address of this machine, and a port that is free",
            remedy="Name another with --port, such as 8501, or --host 127.0.0.1.",
        ) from None
    return bound
