"""The application: which address leads to which page, and how each is sent."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from guarantor.brief.drawing import font_folder
from guarantor.problems import Problems, nearest
from guarantor.web.desk import Desk
from guarantor.web.guard import Guard
from guarantor.web.here import Here
from guarantor.web.page import NAVIGATION, Asking, NotFound, Page, problem_page, send
from guarantor.web.pages.ask import chart, every_question, one_question
from guarantor.web.pages.brief import briefs, edition
from guarantor.web.pages.case import the_case
from guarantor.web.pages.compare import compare
from guarantor.web.pages.home import home
from guarantor.web.pages.options import leaving, option, options
from guarantor.web.pages.palette import palette
from guarantor.web.pages.why import why

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    Handler = Callable[[Asking], Page | Response]

PAGES: tuple[tuple[str, Handler], ...] = (
    ("/options", options),
    ("/options/{option}/exit", leaving),
    ("/options/{option}", option),
    ("/compare", compare),
    ("/case", the_case),
    ("/ask", every_question),
    ("/ask/{question}", one_question),
    ("/why/{question}/{trace}", why),
    ("/brief", briefs),
    ("/palette", palette),
)
"""Pages that have a `.json` and a `.csv` twin at the same address."""

FONTS = ("Regular", "Semibold")


def workbench(called: str, key: str | None = None) -> FastAPI:
    """Return the workbench of a case; raises Problems for everything that is wrong with the case.

    key: what a reader has to show; None where only this machine can reach it.
    """
    desk = Desk(called)
    routes: list[Route | Mount] = [
        Route("/static/fonts/{weight}.otf", _font),
        Mount("/static", StaticFiles(packages=[("guarantor.web", "static")])),
        Route("/", _sent(desk, home)),
        Route("/home.json", _sent(desk, home, ".json")),
        Route("/home.csv", _sent(desk, home, ".csv")),
        Route("/ask/{question}.svg", _sent(desk, chart)),
        Route("/brief/{file}", _sent(desk, edition)),
    ]
    routes += [
        Route(f"{path}{form}", _sent(desk, handler, form))
        for form in (".json", ".csv", "")
        for path, handler in PAGES
    ]
    routes.append(Route("/{rest:path}", _sent(desk, _nowhere)))
    app = FastAPI(
        routes=list(routes),
        middleware=[Middleware(Guard, key=key)],
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.desk = desk
    return app


def _sent(desk: Desk, handler: Handler, form: str = "") -> Callable[[Request], Response]:
    """Return what answers a request; it is no coroutine, so that it runs in a thread of its own."""

    def answer(request: Request) -> Response:
        here = Here.of(request.url.path, request.query_params.multi_items())
        parts = {"form": form, **request.path_params}
        asking = Asking(desk, desk.case(), here, parts)
        try:
            page = handler(asking)
        except Problems as error:
            page = problem_page(error)
        if isinstance(page, Response):
            return page
        return send(page, asking, parts["form"])

    return answer


def _font(request: Request) -> Response:
    weight = request.path_params["weight"]
    if weight not in FONTS:
        return Response(status_code=404)
    return FileResponse(
        os.fspath(font_folder() / f"SourceSansPro-{weight}.otf"), media_type="font/otf"
    )


def _nowhere(asking: Asking) -> Page:
    path = f"/{asking.parts['rest']}"
    every = [to for to, _, _ in NAVIGATION]
    raise NotFound.one(
        "there is no such page", found=path, allowed=", ".join(every), remedy=nearest(path, every)
    )
