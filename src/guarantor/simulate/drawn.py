"""The uncertain quantities that an option rests on, and their draws beside its futures.

Names are those of drawing.py. The draws are made again by name, so that a run need not keep them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.quantity import AtLeast, Choice, Exactly
from guarantor.simulate.block import Block
from guarantor.simulate.consequences import consequences
from guarantor.simulate.drawing import futures
from guarantor.simulate.draws import BLOCK, BlockDraws, Draws, choices

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.quantity import Shape
    from guarantor.simulate.setup import Flags, Numbers
    from guarantor.simulate.tables import Table


class Quantity(NamedTuple):
    """One uncertain quantity; shape is None for what is drawn as a place among all, 0 to 1."""

    name: str
    shape: Shape | None

    @property
    def words(self) -> tuple[str, ...]:
        """Return the theories that it chooses between; none for a number."""
        if not isinstance(self.shape, Choice) or self.shape.low is not None:
            return ()
        return tuple(str(word) for word, _ in self.shape.weights)


class Drawn(NamedTuple):
    """What was drawn for an option in some blocks, each [N], futures in the order of the blocks.

    numbers: by name of quantity, in its unit, or a place in (0, 1); theories: the words chosen;
    comes: by contribution, whether it comes and nothing settled beforehand rules it out.
    """

    numbers: Mapping[str, Numbers]
    theories: Mapping[str, np.ndarray[tuple[int], np.dtype[np.str_]]]
    comes: Mapping[str, Flags]


class _Listening(BlockDraws):
    """Draws of one block that note what they are asked for."""

    def __init__(self, draws: Draws, number: int) -> None:
        self.heard: dict[str, Shape | None] = {}
        super().__init__(draws, number)

    def uniform(self, name: str) -> Numbers:
        """Return the draws of a quantity, and note its name."""
        self.heard.setdefault(name, None)
        return super().uniform(name)

    def value(self, name: str, shape: Shape) -> Numbers:
        """Return the values of a quantity, and note its name unless it is certain."""
        if not isinstance(shape, Exactly | AtLeast):
            self.heard[name] = shape
        return super().value(name, shape)


def quantities(table: Table, draws: Draws) -> tuple[Quantity, ...]:
    """Return every uncertain quantity that an option under a deal rests on, by name."""
    listening = _Listening(draws, 0)
    taken = futures(table, listening)
    consequences(table, listening, taken, _nothing_placed(table))
    assumptions = table.case.assumptions
    found = []
    for name, shape in sorted(listening.heard.items()):
        quantity = assumptions[name].quantity if name in assumptions else None
        chosen = quantity if isinstance(quantity, Choice) else shape
        found.append(Quantity(name, chosen))
    return tuple(found)


def drawn(table: Table, wanted: Iterable[Quantity], draws: Draws, blocks: Iterable[int]) -> Drawn:
    """Return the draws of quantities in the blocks of those numbers."""
    listed, numbers = tuple(wanted), tuple(blocks)
    kept = np.empty((len(listed), len(numbers) * BLOCK))
    comes = np.empty((len(table.contributions), len(numbers) * BLOCK), np.bool_)
    for place, number in enumerate(numbers):
        block, part = draws.block(number), slice(place * BLOCK, (place + 1) * BLOCK)
        taken = futures(table, block)
        comes[:, part] = (taken.delivered > 0) & ~taken.blocked
        for row, each in enumerate(listed):
            kept[row, part] = _one(block, each)
    return Drawn(
        {each.name: row for each, row in zip(listed, kept, strict=True) if not each.words},
        {
            each.name: np.array(each.words)[row.astype(np.int64)]
            for each, row in zip(listed, kept, strict=True)
            if each.words
        },
        {c.id: row for c, row in zip(table.contributions, comes, strict=True)},
    )


def _one(block: BlockDraws, quantity: Quantity) -> Numbers:
    shape = quantity.shape
    if shape is None:
        return block.uniform(quantity.name)
    if isinstance(shape, Choice) and quantity.words:
        return choices(shape, block.uniform(quantity.name)).astype(np.float64)
    return block.value(quantity.name, shape)


def common_factor(draws: Draws, group: str, blocks: Iterable[int]) -> Numbers:
    """Return the draws in (0, 1) of what the members of a correlation share."""
    return np.concatenate([draws.block(n).uniform(f"correlation/{group}") for n in blocks])


def _nothing_placed(table: Table) -> Block:
    """Return a block in which nothing was placed, of which the consequences can be asked."""
    years = -(-table.structure.months // 12)
    placed = np.zeros((len(table.contributions), years, BLOCK))
    empty = dict.fromkeys(Block._fields, np.empty(0))
    return Block(**{**empty, "unit_months": placed, "arrivals": placed})  # type: ignore[arg-type]


class Held(Draws):
    """The draws of another, in which some quantities are held at a share of their range.

    held: shares in (0, 1) by name. All else is drawn as it was, so that what differs is due to
    what is held.
    """

    def __init__(self, like: Draws, held: Mapping[str, float]) -> None:
        super().__init__(like.seed)
        self.group_of = like.group_of
        self.held = dict(held)

    def block(self, number: int) -> BlockDraws:
        """Return the draws of the block of that number, from 0."""
        return _HeldBlock(self, number)


class _HeldBlock(BlockDraws):
    """The draws of one block with some quantities held."""

    def __init__(self, draws: Held, number: int) -> None:
        self._held = draws.held
        super().__init__(draws, number)

    def uniform(self, name: str) -> Numbers:
        """Return the draws of a quantity, or the share at which it is held."""
        if name in self._held:
            return np.full(BLOCK, self._held[name])
        return super().uniform(name)
