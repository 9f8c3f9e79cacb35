"""Who may look, and what a page may load: nothing from anywhere else."""

from __future__ import annotations

from ipaddress import ip_address
from secrets import compare_digest
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlencode

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

if TYPE_CHECKING:
    from starlette.middleware.base import RequestResponseEndpoint
    from starlette.requests import Request
    from starlette.types import ASGIApp

COOKIE, KEY, ENTER = "guarantor-key", "key", "/enter"

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-cache",
}

DOOR = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Access key</title><link rel="stylesheet" href="/static/workbench.css"></head>
<body><main class="door"><h1>Access key</h1>
<p>{said}</p>
<form method="post" action="{action}"><label for="key">Key, as printed when the workbench was
started</label><input id="key" name="key" type="password" autocomplete="current-password" required>
<button>Open</button></form></main></body></html>
"""


class Guard(BaseHTTPMiddleware):
    """Sends every answer with its headers, and asks for the key where there is one.

    key: None where only this machine can reach the workbench; then no other name of it is served,
    so that a page elsewhere cannot read it through a name that it controls.
    """

    def __init__(self, app: ASGIApp, key: str | None) -> None:
        super().__init__(app)
        self._key = key

    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        """Answer, or turn away."""
        response = await self._stopped(request) or await call_next(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def _stopped(self, request: Request) -> Response | None:
        if self._key is None:
            if is_loopback(request.url.hostname or ""):
                return None
            return PlainTextResponse("The workbench is served to this machine only.\n", 400)
        if request.url.path == ENTER and request.method == "POST":
            return await self._entered(request)
        if request.url.path.startswith("/static/"):
            return None
        if self._fits(request.cookies.get(COOKIE, "")):
            return None
        if KEY in request.query_params:
            if self._fits(request.query_params[KEY]):
                rest = [(k, v) for k, v in request.query_params.multi_items() if k != KEY]
                query = f"?{urlencode(rest)}" if rest else ""
                return self._let_in(f"{request.url.path}{query}")
            return _door(request.url.path, "That is not the key.")
        asked = f"{request.url.path}?{request.url.query}".removesuffix("?")
        return _door(asked, "This workbench is open to whoever has its key.")

    async def _entered(self, request: Request) -> Response:
        given = parse_qs((await request.body()).decode(errors="replace")).get(KEY, [""])[0]
        after = request.query_params.get("to", "/")
        after = after if after.startswith("/") and after[1:2] not in {"/", "\\"} else "/"
        return self._let_in(after) if self._fits(given) else _door(after, "That is not the key.")

    def _let_in(self, after: str) -> Response:
        response = RedirectResponse(after, 303)
        response.set_cookie(COOKIE, self._key or "", httponly=True, samesite="strict")
        return response

    def _fits(self, given: str) -> bool:
        return compare_digest(given.encode(), (self._key or "").encode())


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _door(after: str, said: str) -> Response:
    return HTMLResponse(DOOR.format(said=said, action=f"{ENTER}?to={quote(after, safe='')}"), 401)
