"""Every quantity behind futures has words of the case, a record and, where it has one, a unit."""

from __future__ import annotations

import pytest

from guarantor.answer.trace import loose_ends
from guarantor.case.read import read_case
from guarantor.questions.factors import COMES, PLACE, Factors, both, factor_named
from guarantor.questions.searched import limit_words
from guarantor.questions.tracing import Book
from guarantor.simulate.drawn import quantities
from guarantor.simulate.run import draws_of, job
from guarantor.supply.shares import Level

OPTIONS = tuple(read_case("ukraine-2025-08").options)
INF = float("inf")


@pytest.fixture
def factors(lead) -> Factors:
    return Factors(Book(lead))


@pytest.mark.parametrize("option", OPTIONS)
def test_every_quantity_of_every_option_has_words_and_a_record(lead, factors, option):
    table = job(lead, option, "ceasefire-with-consent", Level.POSSIBLE, 12).table
    listed = quantities(table, draws_of(lead, 7))
    for each in listed:
        factor = factors.of(each.name)
        assert factor.words
        assert "/" not in factor.words
        assert factor.trace in factors.book.traces
    for contribution in table.contributions:
        assert factors.comes(contribution.id).words != factors.stays_away(contribution.id).plain()
    assert loose_ends(factors.book.traces) == []


def test_two_contributions_are_never_told_in_the_same_words(lead, factors):
    words = [factors.comes(each).words for each in lead.contributions]
    assert len(set(words)) == len(words)


def test_limits_are_told_as_clauses(lead, factors):
    cases = {
        ("comes-said", (20.0, INF)): "‘Share that comes of what was signalled’ is above 20 percent",
        (
            "comes-said",
            (-INF, 20.0),
        ): "‘Share that comes of what was signalled’ is below 20 percent",
        (
            "will",
            (0.4, INF),
        ): "political will that all nations share is among the highest 60 per cent",
        (
            "will",
            (-INF, 0.4),
        ): "political will that all nations share is among the lowest 40 per cent",
        (
            "effect-theory",
            frozenset({"none"}),
        ): f"{factors.of('effect-theory').words} is none",
        (f"{COMES}usa-fighters", (0.5, INF)): "the United States sends fighter aircraft",
        (f"{COMES}usa-fighters", (-INF, 0.5)): "the United States does not send fighter aircraft",
    }
    for (name, limit), said in cases.items():
        assert limit_words(factors, name, limit).plain() == said


def test_a_correlation_is_told_by_its_first_member_and_how_many_more(lead, factors):
    told = factor_named(factors, "correlation/soft-words")
    assert told.unit == PLACE
    assert f"and {len(lead.correlations['soft-words'].members) - 1} more together" in told.words


def test_clauses_are_joined_as_they_are_read_aloud(factors):
    one, two, three = (factors.of(n).named for n in ("will", "comes-said", "lift-people"))
    assert both([one]).plain() == one.plain()
    joined = both([one, two, three]).plain()
    assert joined == f"{one.plain()}, {two.plain()} and {three.plain()}"
