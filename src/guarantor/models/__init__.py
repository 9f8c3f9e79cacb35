"""Published equations as plain functions, and a card for each: what it says, needs and cites."""

from __future__ import annotations

from guarantor.models import (
    air_defence,
    air_policing,
    burden,
    cost,
    durability,
    presence,
    rotation,
    sizing,
)
from guarantor.models._card import (
    Card,
    Finding,
    ModelDomainError,
    Output,
    Range,
    Result,
    Symbol,
    Variant,
)
from guarantor.models._docstring import card_from

__all__ = [
    "CARDS",
    "Card",
    "Finding",
    "ModelDomainError",
    "Output",
    "Range",
    "Result",
    "Symbol",
    "Variant",
    "card_from",
]

_TOPICS = (rotation, presence, sizing, cost, air_policing, air_defence, burden, durability)

CARDS: dict[str, Card] = {card.name: card for topic in _TOPICS for card in topic.CARDS}
