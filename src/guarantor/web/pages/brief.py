"""Brief: the documents, live and to take away."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from starlette.responses import Response

from guarantor.brief import EVERY_EDITION, write_brief
from guarantor.problems import Misuse, nearest
from guarantor.web.page import NotFound, Page

if TYPE_CHECKING:
    from guarantor.web.page import Asking

KINDS = {".html": "text/html", ".pdf": "application/pdf", ".traces.json": "application/json"}
"""What an edition is written as, and how each is sent."""

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def briefs(asking: Asking) -> Page:
    """Return the list of editions."""
    asking.here.only()
    editions = list(EVERY_EDITION)
    return Page("Brief", "brief.html", {"editions": editions}, {"editions": editions})


def edition(asking: Asking) -> Response:
    """Return one edition, written for this reader and kept nowhere."""
    asking.here.only()
    file = asking.parts["file"]
    name, dot, rest = file.partition(".")
    if name not in EVERY_EDITION or f"{dot}{rest}" not in KINDS:
        every = [f"{each}{kind}" for each in EVERY_EDITION for kind in KINDS]
        raise NotFound.one(
            "there is no such document",
            found=file,
            allowed=", ".join(every),
            remedy=nearest(file, every),
        )
    if "what-if" in asking.here.given:
        raise Misuse.one(
            "a brief tells the record, and no what-if",
            found=asking.here.given["what-if"],
            remedy="Go back to the record, or ask a question with the what-if.",
        )
    with TemporaryDirectory() as folder:
        as_of = asking.here.given.get("as-of")
        paths = write_brief(asking.desk.called, Path(folder), as_of, [name])
        kind = f".{rest}"
        data = next(path.read_bytes() for path in paths if path.name.endswith(kind))
    headers = {} if kind == ".html" else {"Content-Disposition": f'attachment; filename="{file}"'}
    if kind == ".html":
        headers["Content-Security-Policy"] = _policy(data.decode())
    return Response(data, media_type=KINDS[kind], headers=headers)


def _policy(html: str) -> str:
    """Return the policy of a document that holds its own style and fonts, by their hashes."""
    hashes = (b64encode(sha256(s.encode()).digest()).decode() for s in _STYLE.findall(html))
    styles = " ".join(f"'sha256-{each}'" for each in hashes)
    return (
        f"default-src 'none'; style-src {styles}; font-src data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
