"""What an option costs: who provides it, who pays, for what, in which year, at which prices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind
from guarantor.problems import Problems
from guarantor.quantity import Money
from guarantor.supply.offers import Counts, Offer, conditions
from guarantor.supply.shares import Brought, Level, Part, Role, brought, once
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from typing import TypeVar

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution
    from guarantor.quantity import Duration, Prices
    from guarantor.supply.balance import LineBalance

    K = TypeVar("K", bound=Hashable)

STAYING = frozenset({ContributionKind.DEPLOY, ContributionKind.TRAIN})
UNPRICED = frozenset({ContributionKind.BASE, ContributionKind.SHARE})


@dataclass(frozen=True, slots=True)
class Charge:
    """Money for one contribution in one year of the deal, counted from 1.

    year is None for money that was said as a sum, which is put in no year. item is None for it.
    """

    contribution: Contribution
    prices: Prices
    span: Span
    year: int | None
    item: Brought | None

    def actor(self, role: Role) -> str:
        """Return who stands in a role."""
        return self.contribution.provider if role is Role.PROVIDER else self.contribution.payer


@dataclass(frozen=True, slots=True)
class Unpriced:
    """A contribution without a cost, and why; it is not zero."""

    contribution: Contribution
    why: str


@dataclass(frozen=True, slots=True)
class Bill:
    """The charges of an option, and its contributions that have no cost on record."""

    charges: tuple[Charge, ...]
    unpriced: tuple[Unpriced, ...]

    def by(self, key: Callable[[Charge], K]) -> dict[tuple[Prices, K], Span]:
        """Return the sums by currency and price year, and by what the key says of a charge."""
        found: dict[tuple[Prices, K], Span] = {}
        for charge in self.charges:
            name = (charge.prices, key(charge))
            found[name] = found.get(name, NOTHING) + charge.span
        return found

    @property
    def totals(self) -> dict[Prices, Span]:
        """Return the sum at each currency and price year; nothing is added across them."""
        return {prices: span for (prices, _), span in self.by(lambda _: None).items()}

    def parts(self, prices: Prices) -> list[Part]:
        """Return the charges at the prices of one currency and year as parts of their sum."""
        return [
            Part(c.contribution.provider, c.contribution.payer, c.span, c.contribution)
            for c in self.charges
            if c.prices == prices
        ]


def bill(
    case: Case, option: str, deal: Deal, lines: Sequence[LineBalance], level: Level, months: int
) -> Bill:
    """Return what contributions to an option cost over so many months from the start of the deal.

    Units that stay cost their running cost for each month present, units given for good their
    price in the year they arrive, and money is as it was said. A headcount and the units that it
    may hold are charged once.
    """
    charges: list[Charge] = []
    unpriced: list[Unpriced] = []
    for item in once(case, brought(lines, level)):
        found = list(_charged(case, item, months))
        charges += found
        if not found and _cost(case, item.contribution) is None:
            unpriced.append(Unpriced(item.contribution, "no cost of one unit on record"))
    for contribution in _said_for(case, option, deal, level):
        if contribution.kind in UNPRICED:
            unpriced.append(Unpriced(contribution, "no cost of it on record"))
        elif isinstance(contribution.quantity, Money) and (span := Span.of(contribution.quantity)):
            prices = contribution.quantity.measure
            charges.append(Charge(contribution, prices, span, None, None))
        else:
            unpriced.append(Unpriced(contribution, "no amount was said"))
    return Bill(tuple(charges), tuple({u.contribution.id: u for u in unpriced}.values()))


def _cost(case: Case, contribution: Contribution) -> Money | None:
    """Return the money for one unit: for a year of it, or once for a unit given for good."""
    kind = case.capabilities[contribution.capability]
    stays = contribution.kind in STAYING
    found = kind.running_cost if stays else kind.buying_cost
    return found.quantity if found and isinstance(found.quantity, Money) else None


def _charged(case: Case, item: Brought, months: int) -> Iterator[Charge]:
    contribution = item.contribution
    money = _cost(case, contribution)
    each = Span.of(money) if money is not None else None
    if money is None or each is None:
        return
    amount = item.span * each
    begin = whole_months(contribution.starts, 0)
    if contribution.kind not in STAYING:
        if begin < months:
            yield Charge(contribution, money.measure, amount, begin // 12 + 1, item)
        return
    line = item.need.line
    begin = max(begin, whole_months(line.starts, 0))
    end = min(months, whole_months(contribution.ends, months), whole_months(line.ends, months))
    for year in range(begin // 12 + 1, -(-end // 12) + 1):
        present = min(end, 12 * year) - max(begin, 12 * (year - 1))
        if present > 0:
            part = Span.exactly(present / 12)
            yield Charge(contribution, money.measure, amount * part, year, item)


def whole_months(duration: Duration | None, absent: int) -> int:
    """Return a length of time in calendar months; days and weeks short of a month count as none."""
    if duration is None:
        return absent
    try:
        return duration.months
    except Problems:
        return 0


def _said_for(case: Case, option: str, deal: Deal, level: Level) -> Iterator[Contribution]:
    """Return money, soil and shared support meant for an option, which fill none of its lines."""
    lines = case.options[option].lines or ()
    for contribution in case.contributions.values():
        if contribution.kind is not ContributionKind.FUND and contribution.kind not in UNPRICED:
            continue
        meant = option in contribution.options or not contribution.options
        fits = any(
            line.capability == contribution.capability and line.band in contribution.bands
            for line in lines
        )
        named = contribution.kind is ContributionKind.FUND and option in contribution.options
        open_, failed = conditions(contribution, contribution.bands[0], deal)
        state = Counts.OPEN if open_ else Counts.MET
        if not failed and meant and (fits or named):
            offer = Offer(contribution, NOTHING, state, open_, failed)
            if level.holds(offer):
                yield contribution


def nations_of(case: Case, actors: Iterable[str]) -> tuple[str, ...]:
    """Return the nations among some actors, a group standing for its members."""
    found: dict[str, None] = {}
    for actor in actors:
        found |= dict.fromkeys((actor,) if actor in case.nations else case.members(actor))
    return tuple(found)


def key_shares(case: Case, key: str) -> dict[str, str]:
    """Return the record of the latest share of each nation under a named key."""
    latest: dict[str, str] = {}
    for name, share in case.keys.items():
        if share.key != key or not (Span.of(share.quantity) or NOTHING).best:
            continue
        held = latest.get(share.nation)
        if held is None or case.keys[held].as_of.latest <= share.as_of.latest:
            latest[share.nation] = name
    return latest


@dataclass(frozen=True, slots=True)
class Spreading:
    """A named key laid over the nations of a bill: the part of each, which sum to one.

    records: the row of the key behind each nation. lacking: the nations of the bill without one.
    """

    key: str
    parts: dict[str, float]
    records: dict[str, str]
    lacking: tuple[str, ...]

    @property
    def covers(self) -> bool:
        """Return whether the key holds at least half of the nations of the bill."""
        return len(self.parts) >= len(self.lacking) and bool(self.parts)

    def of(self, sums: Span, nation: str) -> Span:
        """Return a nation's part of a sum."""
        return sums * Span.exactly(self.parts[nation])


def spreading(case: Case, key: str, nations: AbstractSet[str]) -> Spreading:
    """Return a key renormalised over those of the nations that it holds."""
    held = {n: name for n, name in key_shares(case, key).items() if n in nations}
    weights = {n: (Span.of(case.keys[name].quantity) or NOTHING).best for n, name in held.items()}
    whole = sum(weights.values())
    return Spreading(
        key,
        {nation: weight / whole for nation, weight in weights.items()},
        held,
        tuple(sorted(nations - set(held))),
    )


def key_names(case: Case) -> tuple[str, ...]:
    """Return the named keys of a case."""
    return tuple(dict.fromkeys(share.key for share in case.keys.values()))
