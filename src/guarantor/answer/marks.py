"""The sentences that say what the marks on figures mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import MARK, Cited, Figure, Text, text
from guarantor.answer.trace import behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.answer.trace import Trace


def notes_on(texts: Iterable[Text], traces: Mapping[str, Trace]) -> tuple[Text, ...]:
    """Return one sentence for each thing outside a model's validity that a marked figure rests on.

    Each is linked to the record of the model's result; one said twice stands once.
    """
    found: dict[str, str] = {}
    for words in texts:
        for slot in words.slots.values():
            if isinstance(slot, Figure) and slot.outside:
                for trace in behind(traces, slot.trace):
                    for sentence in trace.outside:
                        found.setdefault(sentence, trace.id)
    return tuple(
        text(
            f"{MARK} No ground for ranking options: {{finding}}.",
            finding=Cited(text=sentence, trace=trace),
        )
        for sentence, trace in found.items()
    )
