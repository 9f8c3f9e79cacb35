"""What `believe` says: the smallest set of beliefs that turns an order, what is worth knowing."""

from __future__ import annotations

import re

import pytest

from guarantor.answer.answer import Answer
from guarantor.brief.drawing import draw
from guarantor.problems import Misuse
from guarantor.questions.beliefs import Again, Beliefs, beliefs_of
from guarantor.questions.question import Asked
from guarantor.questions.rivals import pair

SMALL = {"futures": "2048", "months": "36"}
TERMS = {"futures": 2048, "months": 36}
A, B = "paris-framework", "reassurance-brigade"


@pytest.fixture(scope="module")
def studied(lead) -> Beliefs:
    settings = {**TERMS, "measure": "usable"}
    found = pair(Asked(lead, settings), A, B)
    if float(found.lead().mean()) > 0:
        found = pair(Asked(lead, settings), B, A)
    return beliefs_of(found)


@pytest.fixture(scope="module")
def told(asked) -> Answer:
    return asked("believe", prefer="reassurance-division", over="sky-guarantee", **SMALL)


def test_every_set_that_is_told_turns_the_order_when_it_is_run(studied):
    sets = studied.smallest(studied.candidates())
    assert sets
    for found in sets:
        assert found.runs[-1].lead > 0
        assert found.runs[-1].lead == pytest.approx(found.runs[-1].own - found.runs[-1].other)


def test_no_smaller_part_of_a_set_turns_the_order(studied):
    for found in studied.smallest(studied.candidates()):
        for belief in found.beliefs if len(found.beliefs) > 1 else ():
            without = [each for each in found.beliefs if each is not belief]
            assert studied.run_again(without).lead <= 0


def test_believing_nothing_is_the_run_as_it_was(studied):
    again = studied.run_again([])
    futures = 2048
    assert isinstance(again, Again)
    assert again.lead == pytest.approx(float(studied.lead[:futures].mean()))


def test_what_a_contribution_does_by_itself_is_what_a_run_with_it_held_gives(studied):
    # read off the futures at hand, against the run in which only its decision is held
    strong = [b for b in studied.candidates() if b.name.startswith("comes/")][:2]
    assert strong
    for belief in strong:
        moved = studied.run_again([belief]).lead - studied.run_again([]).lead
        assert moved == pytest.approx(belief.gain, rel=0.4)


def test_both_sides_of_a_choice_may_be_believed_and_what_is_held_lies_inside_its_range(studied):
    for belief in studied.candidates():
        assert all(0 < share < 1 for share in belief.held.values())
        assert 0 < belief.inside.mean() < 1


def test_knowing_is_never_worth_more_than_knowing_everything(studied):
    own, other = studied.payoffs
    everything = float(studied.payoffs.max(axis=0).mean() - max(own.mean(), other.mean()))
    for _, estimate in studied.worth_knowing():
        assert estimate.low > 0
        assert estimate.value <= everything


def test_the_headline_says_what_to_believe_and_what_each_option_then_has(told):
    headline = told.headline.plain()
    assert "one would have to believe" in headline
    assert re.search(r"It would then have .* on average, against", headline)


def test_an_option_that_leads_already_needs_no_belief_and_the_reverse_is_told(asked):
    answer = asked("believe", prefer="sky-guarantee", over="reassurance-division", **SMALL)
    assert "it takes no new belief. Sky guarantee leads already." in answer.headline.plain()
    assert "To prefer Reassurance division" in answer.headline.plain()


def test_options_that_cannot_be_ranked_are_said_so(asked):
    outside = asked("believe", prefer=A, over=B, measure="ceasefire_holds", **SMALL)
    assert "beyond its evidence" in outside.headline.plain()
    neither = asked("believe", prefer=A, over=B, measure="person_tours", **SMALL)
    assert "neither more nor less" in neither.headline.plain()
    nothing = asked("believe", prefer=A, over="status-quo", **SMALL)
    assert "asks for nothing" in nothing.headline.plain()
    alike = asked("believe", prefer=A, over=B, measure="months_filled", futures="1024", months="6")
    assert "alike on months with every line met in 20 of 20" in alike.headline.plain()


def test_both_sides_must_be_named_and_known(asked):
    with pytest.raises(Misuse, match="two sides"):
        asked("believe", prefer=A, **SMALL)
    with pytest.raises(Misuse, match="Did you mean 'sky-guarantee'"):
        asked("believe", prefer=A, over="sky-garantee", **SMALL)


def test_the_answer_survives_json_is_the_same_twice_and_words_no_likelihood(asked, told):
    assert Answer.from_json(told.to_json()) == told
    again = asked("believe", prefer="reassurance-division", over="sky-guarantee", **SMALL)
    assert again.to_json() == told.to_json()
    for each in told.texts():
        if "it is no likelihood" not in each.plain():
            assert not re.search(r"\b(un)?likely|probab", each.plain())


def test_every_chart_can_be_drawn(told):
    drawn = [section for section in told.sections if section.chart]
    assert drawn
    for section in drawn:
        assert section.chart.description
        assert draw(section).startswith("<svg")
