"""The roles of one nation in one option, at every reach of the others and at both ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guarantor.optimise.robust import sample
from guarantor.optimise.roles import others_offer, role
from guarantor.optimise.tables import Reach
from guarantor.problems import Problems
from guarantor.questions.futures import USUAL_SEED
from guarantor.simulate.assumptions import check_assumptions
from guarantor.simulate.run import draws_of

if TYPE_CHECKING:
    from guarantor.answer.text import Text
    from guarantor.optimise.robust import Sample
    from guarantor.optimise.roles import Role
    from guarantor.optimise.tables import End, Tables
    from guarantor.questions.assigned import Assigned


@dataclass
class Roles:
    """The roles of one nation in one option, each worked out when first needed."""

    assigned: Assigned
    nation: str

    def __post_init__(self) -> None:
        """Start with none worked out."""
        self._made: dict[tuple[Reach, End, bool], Role] = {}
        self._drawn: dict[Reach, Sample | None] = {}

    def at(self, others: Reach, end: End = "best", *, needs: bool = True) -> Role:
        """Return the role when others bring that much; needs: whether units need enablers."""
        key = (others, end, needs)
        if key not in self._made:
            made = self._tables(others, end)
            self._made[key] = role(made if needs else replace(made, per_unit={}), self.nation)
        return self._made[key]

    def futures(self, others: Reach) -> Sample | None:
        """Return one block of futures; None when the case lacks what futures rest on."""
        if others not in self._drawn:
            case = self.assigned.asked.case
            try:
                check_assumptions(case)
                draws = draws_of(case, USUAL_SEED).block(0)
                self._drawn[others] = sample(self.at(others).tables, draws)
            except Problems:
                self._drawn[others] = None
        return self._drawn[others]

    def _tables(self, others: Reach, end: End) -> Tables:
        made = self.assigned.tables(Reach.OWNED, end)
        return made if others is Reach.OWNED else others_offer(made, self.nation)

    def name(self) -> Text:
        """Return the nation's name."""
        return self.assigned.records.named(self.nation)

    def behind(self) -> list[str]:
        """Return the records behind the roles: the lines, the term and what could be brought."""
        made = self.at(Reach.OWNED).tables
        own = [self.assigned.source(s, made) for s in made.sources if s.provider == self.nation]
        lines = [self.assigned.records.need(line.need) for line in made.lines]
        return list(dict.fromkeys([*lines, self.assigned.term(), *own])) or [
            self.assigned.asked.book.option_title(self.assigned.option).trace
        ]
