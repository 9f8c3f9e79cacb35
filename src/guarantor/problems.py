"""Errors that say what, where, both sides and the remedy; collected and raised once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words that a person can act on.

    what: one sentence, no full stop at the end. file, line (from 1) and field say where; found and
    allowed are the two sides of the disagreement; remedy says what to do.
    """

    what: str
    file: str | None = None
    line: int | None = None
    field: str | None = None
    found: str | None = None
    allowed: str | None = None
    remedy: str | None = None

    def at(self, file: str | None, line: int | None, field: str | None) -> Problem:
        """Return the same problem with a place, which wins over none and loses to one it has."""
        return replace(
            self,
            file=self.file or file,
            line=self.line or line,
            field=self.field or field,
        )

    def __str__(self) -> str:
        """Return the problem on one line, place first, as compilers print theirs."""
        place = ":".join(str(part) for part in (self.file, self.line) if part is not None)
        head = " ".join(part for part in (place, self.field) if part)
        text = f"{head}: {self.what}" if head else self.what
        for label, value in (("found", self.found), ("allowed", self.allowed)):
            if value is not None:
                text += f"; {label}: {value}"
        return f"{text}. {self.remedy}" if self.remedy else f"{text}."


class Problems(ValueError):
    """All the problems found in one piece of work.

    It is a ValueError so that validation libraries let it through from inside their checks.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    @classmethod
    def one(
        cls,
        what: str,
        *,
        found: str | None = None,
        allowed: str | None = None,
        remedy: str | None = None,
    ) -> Self:
        """Return the exception for a single problem whose place the caller will add."""
        return cls([Problem(what, found=found, allowed=allowed, remedy=remedy)])


class Misuse(Problems):
    """What a person asked for makes no sense; the case may be as good as ever."""


class Collector:
    """Gathers problems so that a person sees all of them at once."""

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(self, problem: Problem) -> None:
        """Keep one problem."""
        self._problems.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep several problems."""
        self._problems.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        """Iterate in reading order: by file, then line, then field; each problem once."""
        unique = dict.fromkeys(self._problems)
        return iter(sorted(unique, key=lambda p: (p.file or "", p.line or 0, p.field or "")))

    def __bool__(self) -> bool:
        """Return whether there is any problem."""
        return bool(self._problems)

    def raise_if_any(self) -> None:
        """Raise Problems when at least one was kept."""
        if self._problems:
            raise Problems(self)


def nearest(name: str, valid: Iterable[str]) -> str | None:
    """Return a remedy that names the valid name nearest to `name`, or None when none is near."""
    by_folded = {option.casefold(): option for option in valid}
    near = get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    return f"Did you mean {by_folded[near[0]]!r}?" if near else None
