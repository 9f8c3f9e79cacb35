"""Where the reader is: the page and everything set on it, as an address that can be kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from guarantor.problems import Collector, Misuse, Problem, nearest
from guarantor.questions.question import AGAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

EVERYWHERE = ("as-of", "what-if")
"""What may be set on every page and goes along with every link."""


@dataclass(frozen=True)
class Here:
    """A page and what is set on it; settings left blank are not set."""

    path: str
    given: Mapping[str, str]

    @classmethod
    def of(cls, path: str, pairs: Iterable[tuple[str, str]]) -> Here:
        """Return the place that an address names; of a setting given again the last one counts."""
        given: dict[str, str] = {}
        for name, value in pairs:
            words = value.strip()
            if not words:
                continue
            if name in AGAIN and name in given:
                words = AGAIN[name].join((given[name], words))
            given[name] = words
        return cls(path, given)

    @property
    def everywhere(self) -> dict[str, str]:
        """Return what is set for every page: the day, and the what-if."""
        return {name: self.given[name] for name in EVERYWHERE if name in self.given}

    def own(self, *but: str) -> dict[str, str]:
        """Return what is set for this page alone, without the names given."""
        skip = {*EVERYWHERE, *but}
        return {name: value for name, value in self.given.items() if name not in skip}

    def to(self, path: str, settings: Mapping[str, str] | None = None) -> str:
        """Return the address of a page with these settings, seen as this one is seen."""
        return address(path, {**(settings or {}), **self.everywhere})

    def plain(self, path: str) -> str:
        """Return the address of a page seen without day and without what-if."""
        return address(path, self.own())

    def only(self, *allowed: str) -> None:
        """Raise Misuse for every setting that the page does not have."""
        names = (*allowed, *EVERYWHERE)
        problems = Collector()
        for name in self.given:
            if name not in names:
                problems.add(
                    Problem(
                        "this page has no such setting",
                        field=f"--{name}",
                        found=name,
                        allowed=", ".join(names),
                        remedy=nearest(name, names),
                    )
                )
        if problems:
            raise Misuse(problems)


def address(path: str, settings: Mapping[str, str]) -> str:
    """Return a path with its settings as a query, in the order given."""
    query = urlencode(settings, quote_via=quote, safe=",/:")
    return f"{path}?{query}" if query else path
