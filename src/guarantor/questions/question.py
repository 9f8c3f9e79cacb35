"""What a question is: its name, what it asks, what a reader may set, and how it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from guarantor.problems import Collector, Misuse, Problem, Problems, nearest
from guarantor.quantity import Amount, Duration, Money, PartialDate, Unit, parse_amount
from guarantor.questions.tracing import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.case.case import Case


@dataclass(frozen=True)
class Setting:
    """One thing that a reader may set when asking.

    read turns the reader's text into a value and raises Problems when it cannot.
    """

    name: str
    meaning: str
    read: Callable[[str, Case], Any]
    example: str


@dataclass(frozen=True)
class Draft:
    """An answer before it is stamped with case, date and command."""

    title: Text
    headline: Text
    sections: tuple[Section, ...]
    not_known: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question that can be asked of any case."""

    name: str
    asks: str
    answer: Callable[[Asked], Draft]
    settings: tuple[Setting, ...] = ()


@dataclass
class Asked:
    """One asking: the case as seen, the reader's settings, and the traces as they are made."""

    case: Case
    settings: Mapping[str, Any]
    book: Book = field(init=False)

    def __post_init__(self) -> None:
        """Open the book of traces."""
        self.book = Book(self.case)

    def get(self, name: str) -> Any:
        """Return what the reader set, or None."""
        return self.settings.get(name)


def read_settings(question: Question, texts: Mapping[str, str], case: Case) -> dict[str, Any]:
    """Return the reader's settings as values.

    Raises Misuse for unknown settings and unreadable values, all at once.
    """
    known = {setting.name: setting for setting in question.settings}
    problems = Collector()
    values: dict[str, Any] = {}
    for name, text in texts.items():
        if name not in known:
            problems.add(
                Problem(
                    f"the question '{question.name}' has no such setting",
                    field=f"--{name}",
                    found=name,
                    allowed=", ".join(["as-of", *known]),
                    remedy=nearest(name, known),
                )
            )
            continue
        try:
            values[name] = known[name].read(text, case)
        except Problems as error:
            problems.extend(p.at(None, None, f"--{name}") for p in error.problems)
    if problems:
        raise Misuse(problems)
    return values


def read_day(text: str, _case: Case | None = None) -> date:
    """Return a day written as 2025-08-22; raises Problems otherwise."""
    found = PartialDate.parse(text)
    if found.precision != "day":
        raise Problems.one("no day", found=text or "nothing", allowed="a date such as 2025-08-22")
    return found.earliest


def _option(text: str, case: Case) -> str:
    return _one_of(text, case.options, "an option of this case", case)


def _deal(text: str, case: Case) -> str:
    return _one_of(text, case.deals, "a deal of this case", case)


def _actor(text: str, case: Case) -> str:
    """Read a code in any letter case, or a name in English."""
    named = {n.name.casefold(): n.id for n in case.nations.values()}
    named |= {g.title.casefold(): g.id for g in case.groups.values()}
    text = named.get(text.casefold(), text.upper() if text.upper() in case.nations else text)
    return _one_of(text, {**case.nations, **case.groups}, "a nation or group of this case", case)


def _one_of(text: str, valid: Mapping[str, object], what: str, case: Case) -> str:
    if text in valid:
        return text
    raise Problems.one(
        f"not {what}, seen as of {case.view.as_of.isoformat()}",
        found=text or "nothing",
        allowed=", ".join(valid),
        remedy=nearest(text, valid),
    )


def _month(text: str, case: Case) -> int:
    last = case.about.horizon.months
    if text.isdecimal() and 1 <= int(text) <= last:
        return int(text)
    raise Problems.one("no month of the horizon", found=text, allowed=f"a number from 1 to {last}")


def _months(text: str, _case: Case) -> int:
    months = Duration.parse(text).months if text.startswith("P") else _whole(text)
    if not 1 <= months <= 1200:
        raise Problems.one("no usable length of time", found=text, allowed="1 to 1200 months")
    return months


def _whole(text: str) -> int:
    if text.isdecimal():
        return int(text)
    raise Problems.one(
        "no length of time", found=text, allowed="months, such as 60, or a duration, such as P5Y"
    )


def _people(text: str, _case: Case) -> Amount | Money:
    amount = parse_amount(f"{text} people deployed" if text[-1:].isdigit() else text)
    low = amount.shape.low
    counts = isinstance(amount, Amount) and amount.unit is Unit.PEOPLE_DEPLOYED
    ends = [end for end in (low, amount.shape.high) if end is not None]
    if not counts or any(end < 0 or not float(end).is_integer() for end in ends):
        raise Problems.one(
            "no whole number of people deployed",
            found=text,
            allowed="'25000', or '15000 to 30000'",
        )
    return amount


def _share(text: str, _case: Case) -> float:
    try:
        percent = float(text.removesuffix("%"))
    except ValueError:
        percent = 0.0
    if not 0 < percent <= 100:
        raise Problems.one("no share", found=text, allowed="a per cent above 0 and up to 100")
    if percent <= 1 and not text.endswith("%"):
        raise Problems.one(
            "a share that could be read in two ways",
            found=text,
            allowed="a per cent, such as 70%",
            remedy=f"Did you mean {percent * 100:g}%?",
        )
    return percent / 100


def _yes(text: str, _case: Case) -> bool:
    if text == YES:
        return True
    raise Problems.one("no yes", found=text or "nothing", allowed=f"{YES}, or the setting alone")


YES = "yes"
"""What a setting says that may stand without a value."""
WHY = Setting("why", "also the conflict behind each line of the option", _yes, "")
EVERY_DEAL = Setting("every-deal", "under each deal of the case, side by side", _yes, "")
FLAGS = (WHY.name, EVERY_DEAL.name)
"""Settings that may stand without a value."""
AGAIN = {"need": ";"}
"""Settings that may be given again, and what stands between their values when they are."""

OPTION = Setting("option", "one option instead of all", _option, "reassurance-division")
DEAL = Setting("deal", "the political terms assumed", _deal, "ceasefire-with-consent")
ACTOR = Setting("actor", "one nation or group instead of all", _actor, "DEU")
MONTH = Setting("month", "month, counted from the start of the deal", _month, "7")
MONTHS = Setting("months", "how long the force stays", _months, "60")
TOUR = Setting("tour", "length of one tour in months", _months, "6")
DEPLOYED = Setting("deployed", "people present at one time", _people, "25000")
AVAILABLE = Setting("available", "share of the pool that can really go", _share, "70%")
