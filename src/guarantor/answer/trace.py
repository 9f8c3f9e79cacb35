"""Where a number comes from: one record per fact, linked to the records it was made from."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from guarantor.quantity import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


class Part(BaseModel):
    """A frozen part of an Answer; its JSON says the same as the object."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Citation(Part):
    """A publication as a reader needs it: who, what, when, where."""

    id: str
    """Key in the case's sources."""
    publisher: str
    """Who published it."""
    title: str
    """Its title."""
    date: str
    """When, as precisely as is known."""
    url: str
    """Its address; blank when there is none."""
    grade: str = ""
    """What kind of publication it is."""


class Trace(Part):
    """Where one number or quotation comes from.

    A reported record names its sources, a judged one who judged, a derived one the records it was
    made from; an absent one says what was looked through and not found.
    """

    id: str
    """Made from the content, so that the same fact has the same id everywhere."""
    label: str
    """What it is, in a few words."""
    kind: Kind
    """Reported, derived, judged or absent."""
    says: str
    """What the source or the analyst says, in our own words."""
    method: str = ""
    """How it was derived: a count, a rule, an equation."""
    model: str = ""
    """Name of the model that computed it; blank when none did."""
    outside: tuple[str, ...] = ()
    """Each input outside the validity of the model: the value, the range and the equation."""
    inputs: tuple[str, ...] = ()
    """Ids of the records it was made from."""
    citations: tuple[Citation, ...] = ()
    """Publications, the best first."""
    judged_by: str = ""
    """Who stands behind a judgement."""
    quality: str = ""
    """How good the support is."""
    note: str = ""
    """What a reader must know about it."""
    where: str = ""
    """File and line in the case."""

    @classmethod
    def of(cls, **content: object) -> Trace:
        """Return the record with the id that its content gives it."""
        draft = cls.model_validate({"id": "", **content})
        text = json.dumps(draft.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        name = f"t{blake2b(text.encode(), digest_size=5).hexdigest()}"
        return draft.model_copy(update={"id": name})


def loose_ends(traces: dict[str, Trace]) -> list[str]:
    """Return a sentence for each record that ends neither in a source nor in a judgement."""
    ends = []
    for trace in traces.values():
        missing = [name for name in trace.inputs if name not in traces]
        if missing:
            ends.append(f"{trace.id} ({trace.label}) rests on {', '.join(missing)}, which is gone")
        elif trace.kind is Kind.REPORTED and not trace.citations:
            ends.append(f"{trace.id} ({trace.label}) is reported and names no source")
        elif trace.kind is Kind.JUDGED and not trace.judged_by:
            ends.append(f"{trace.id} ({trace.label}) is judged and nobody stands behind it")
        elif trace.kind in {Kind.DERIVED, Kind.ABSENT} and not trace.inputs:
            ends.append(f"{trace.id} ({trace.label}) is {trace.kind.value} from nothing")
    return ends


def behind(traces: Mapping[str, Trace], name: str) -> Iterator[Trace]:
    """Yield a record and, after it, all it was made from, each once."""
    for each in with_inputs(traces, [name]):
        yield traces[each]


def resting_outside(traces: Mapping[str, Trace]) -> frozenset[str]:
    """Return the ids of the records that rest, however far back, on what is outside validity."""
    found = {name for name, trace in traces.items() if trace.outside}
    if not found:
        return frozenset()
    made_from: dict[str, list[str]] = {}
    for name, trace in traces.items():
        for part in trace.inputs:
            made_from.setdefault(part, []).append(name)
    waiting = list(found)
    while waiting:
        more = [name for name in made_from.get(waiting.pop(), ()) if name not in found]
        found.update(more)
        waiting += more
    return frozenset(found)


def with_inputs(traces: Mapping[str, Trace], order: Iterable[str]) -> list[str]:
    """Return the ids in order, each followed at once by what it was made from, each once."""
    listed: dict[str, None] = {}
    waiting = list(dict.fromkeys(order))[::-1]
    while waiting:
        name = waiting.pop()
        if name not in listed:
            listed[name] = None
            waiting.extend(reversed(traces[name].inputs))
    return list(listed)
