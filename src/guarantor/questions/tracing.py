"""Builds the trace records of an answer from the records of a case."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

from guarantor.answer.text import Cited, Figure
from guarantor.answer.trace import Citation, Trace
from guarantor.evidence.catalogue import basis_of, find
from guarantor.evidence.catalogue import call as call_model
from guarantor.quantity import Amount, Kind, Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.case.case import Case, Key, Where
    from guarantor.case.record import Record
    from guarantor.case.records import Position
    from guarantor.case.statements import RequirementLine, Statement


WHOLE = frozenset({"pool people", "person-tours", "people deployed"})
"""Units that come in whole numbers."""


@dataclass(frozen=True)
class ModelCall:
    """A model, the output wanted and its unit in words, and the inputs that stay as they are."""

    model: str
    output: str
    unit: str
    fixed: Mapping[str, object]

    def rounded(self, value: object) -> float:
        """Return an output as a number; people are whole, and a part of one takes one more."""
        if not isinstance(value, int | float):
            raise TypeError(f"{self.model} gives no single number {self.output}")
        return ceil(round(value, 6)) if self.unit in WHOLE else float(value)


READER = "the reader, who set it for this answer"
DEFAULT = "guarantor, as its usual value; the reader can set another"


@dataclass
class Book:
    """The trace records of one answer, made as its figures are made."""

    case: Case
    traces: dict[str, Trace] = field(default_factory=dict)
    _outside: set[str] = field(default_factory=set)

    def keep(self, **content: object) -> str:
        """Keep a record and return its id."""
        trace = Trace.of(**content)
        self.traces[trace.id] = trace
        if trace.outside or not self._outside.isdisjoint(trace.inputs):
            self._outside.add(trace.id)
        return trace.id

    def take(self, other: Book) -> None:
        """Keep the records of another book, too."""
        self.traces.update(other.traces)
        self._outside |= other._outside

    def citations(self, names: Iterable[str]) -> tuple[Citation, ...]:
        """Return the publications behind the case's source keys."""
        return tuple(
            Citation(
                id=source.id,
                publisher=source.publisher,
                title=source.title,
                date=source.date.text(),
                url=source.url,
                grade=spoken(source.grade),
            )
            for source in (self.case.sources[name] for name in names)
        )

    def position(self, position: Position) -> str:
        """Keep the record of one position."""
        said = said_number(position.quantity) if position.quantity else position.in_words
        says = position.statement
        says += f" Number: {said}." if said else ""
        says += f" Condition: {position.condition}." if position.condition else ""
        return self.keep(
            label=f"{self.case.name_of(position.actor)}, {position.office}: "
            f"{spoken(position.topic)}, {position.date.text() or 'undated'}",
            kind=Kind.REPORTED,
            says=says,
            method=f"first published: {position.origin}",
            citations=self.citations(position.sources),
            quality=spoken(position.quality),
            note=position.note,
            where=_place(self.case.where("positions", position.id)),
        )

    def statement(self, label: str, statement: Statement | RequirementLine, where: Where) -> str:
        """Keep the record of one statement about an option, or of one of its lines."""
        judged = getattr(statement, "kind", Kind.REPORTED) is Kind.JUDGED or not statement.sources
        quality = getattr(statement, "quality", None)
        amount = getattr(statement, "quantity", None)
        number = f" Number: {said_number(amount)}." if amount else ""
        span = getattr(statement, "within", None) or getattr(statement, "delay", None)
        time = f" Time: {span.words()}." if span else ""
        since = statement.since.text()
        return self.keep(
            label=label,
            kind=Kind.JUDGED if judged else Kind.REPORTED,
            says=statement.text + number + time,
            method=f"first published: {since}" if since else "",
            citations=self.citations(statement.sources),
            judged_by=self.authors if judged else "",
            quality=quality.value if quality else "",
            where=_place(where),
        )

    @property
    def authors(self) -> str:
        """Return who stands behind the case's judgements."""
        return ", ".join(self.case.about.authors)

    def written(self, label: str, says: str, where: Where, sources: Iterable[str] = ()) -> str:
        """Keep a fact that stands in the case: sourced, or else its authors' own judgement."""
        citations = self.citations(sources)
        return self.keep(
            label=label,
            kind=Kind.REPORTED if citations else Kind.JUDGED,
            says=says,
            citations=citations,
            judged_by="" if citations else self.authors,
            where=_place(where),
        )

    def entry(self, key: Key, label: str, says: str) -> str:
        """Keep what one entry of the case says, with its own sources or its authors' judgement."""
        record = self.case.table(key[0])[key[1]]
        where = self.case.where(*key)
        note = getattr(record, "note", "")
        kind = getattr(record, "kind", getattr(record, "basis", None))
        sources = getattr(record, "sources", ())
        judged = kind is Kind.JUDGED or not sources
        quality = getattr(record, "quality", None)
        return self.keep(
            label=label,
            kind=Kind.JUDGED if judged else Kind.REPORTED,
            says=says,
            note=note,
            citations=self.citations(sources),
            judged_by=self.authors if judged else "",
            quality=quality.value if quality else "",
            where=_place(where),
        )

    def asked(self, label: str, says: str, *, by_reader: bool = True) -> str:
        """Keep a value that the reader set, or the usual one that stands when nobody sets it."""
        judge = READER if by_reader else DEFAULT
        return self.keep(label=label, kind=Kind.JUDGED, says=says, judged_by=judge)

    def derived(
        self,
        label: str,
        method: str,
        inputs: Iterable[str],
        says: str = "",
        *,
        model: str = "",
        outside: Iterable[str] = (),
    ) -> str:
        """Keep a value made from others; outside: each input outside the model's validity."""
        return self.keep(
            label=label,
            kind=Kind.DERIVED,
            says=says,
            method=method,
            model=model,
            outside=tuple(dict.fromkeys(outside)),
            inputs=tuple(dict.fromkeys(inputs)),
        )

    def is_outside(self, trace: str) -> bool:
        """Return whether a record rests on a model used outside its validity."""
        return trace in self._outside

    def modelled(
        self,
        label: str,
        call: ModelCall,
        varying: Mapping[str, Figure],
        inputs: Iterable[str],
    ) -> Figure:
        """Return what a model gives for one varying input, ends for ends, in the output's unit.

        varying: the symbol and its figure, whose value, low and high are each put through the
        model, which has to grow with it. inputs: ids of the records behind the fixed inputs.
        Raises Problems when an input has no meaning for the model.
        """
        ((symbol, base),) = varying.items()
        made: dict[str, float] = {}
        outside: list[str] = []
        for end in ("value", "low", "high"):
            if (number := getattr(base, end)) is not None:
                result = call_model(call.model, {**call.fixed, symbol: number})
                made[end] = call.rounded(result.outputs[call.output])
                outside += [str(mark) for mark in result.marks]
        card = find(call.model)
        return self.made(
            label,
            f"{card.plain_equation} ({basis_of(card)}: {card.title.removesuffix('.')})",
            (base.trace, *inputs),
            Figure(**made, unit=call.unit, kind=Kind.DERIVED, trace=""),
            model=call.model,
            outside=outside,
        )

    def made(
        self,
        label: str,
        method: str,
        inputs: Iterable[str],
        figure: Figure,
        *,
        model: str = "",
        outside: Iterable[str] = (),
    ) -> Figure:
        """Keep the record of a figure made from others, which says the figure, and return both."""
        trace = self.derived(label, method, inputs, figure.words(), model=model, outside=outside)
        return figure.model_copy(update={"trace": trace, "outside": self.is_outside(trace)})

    def number(
        self, label: str, value: float, method: str, inputs: Iterable[str], unit: str = "count"
    ) -> Figure:
        """Return a number made from others by the method named."""
        bare = Figure(value=value, unit=unit, kind=Kind.DERIVED, trace="")
        return self.made(label, method, inputs, bare)

    def count(self, label: str, of: Iterable[str], whole: Iterable[str] = ()) -> Figure:
        """Return how many records there are in `of`; a zero rests on the `whole` looked through."""
        counted = tuple(dict.fromkeys(of))
        searched = counted or tuple(dict.fromkeys(whole)) or (self.day().trace,)
        how = "counted" if counted else f"none among the {len(searched)} records looked through"
        return self.number(label, len(counted), how, searched)

    def about(self, part: str) -> str:
        """Keep what the case says of itself in one of its fields."""
        value = getattr(self.case.about, part)
        says = value if isinstance(value, str) else value.text()
        return self.written(
            f"the case's {spoken(part)}", says, self.case.where("about", "case", part)
        )

    def title(self) -> Cited:
        """Return the title of the case."""
        return Cited(text=self.case.about.title, trace=self.about("title"))

    def day(self) -> Cited:
        """Return the day from which the case is seen."""
        day = self.case.view.as_of.isoformat()
        own = day == self.case.about.as_of.text()
        return Cited(
            text=day, trace=self.about("as_of") if own else self.asked("as-of date", f"as of {day}")
        )

    def option_title(self, name: str) -> Cited:
        """Return the title of an option."""
        option = self.case.options[name]
        where = self.case.where("options", name, "title")
        return Cited(
            text=option.title, trace=self.written("title of an option", option.title, where)
        )


def cited(text: str, trace: str) -> Cited:
    """Return a passage with its trace."""
    return Cited(text=text, trace=trace)


def figure(
    amount: Amount | Money,
    trace: str,
    kind: Kind = Kind.REPORTED,
    *,
    rung: str = "",
    condition: str = "",
    as_of: str = "",
) -> Figure:
    """Return the Figure of an amount in the case: a number, a range, a bound or an unknown."""
    shape = amount.shape
    exact = shape.low is not None and shape.low == shape.high
    return Figure(
        value=shape.best if exact else None,
        low=None if exact else shape.low,
        high=None if exact else shape.high,
        unit=amount.unit.value if isinstance(amount, Amount) else amount.currency,
        kind=kind,
        rung=rung,
        condition=condition,
        as_of=as_of,
        trace=trace,
    )


def said_number(amount: Amount | Money) -> str:
    """Return a reported number as it was said: a range in a newspaper is no 90 % interval."""
    if isinstance(amount, Money):
        return amount.words()
    number = figure(amount, "").words()
    return f"{number} {amount.unit.one if number == '1' else amount.unit.plural}"


def spoken(word: str) -> str:
    """Return a word of the closed lists as it is said: `ground_troops` is `ground troops`."""
    return str(word).replace("_", " ")


def _place(where: Where) -> str:
    return f"{where.file}:{where.line}"


def dated(record: Record) -> str:
    """Return the date of a record as text, `undated` when there is none."""
    found = getattr(record, str(record.DATED)).text() if record.DATED else ""
    return found or "undated"
