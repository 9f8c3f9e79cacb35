"""Who gives what, why not, the smallest role and the nearest force, asked of the lead case."""

from __future__ import annotations

import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.optimise.tables import Reach
from guarantor.problems import Misuse
from guarantor.questions.generate import LEVELS

DIVISION = "reassurance-division"


@pytest.fixture(scope="module")
def generated(asked):
    return asked("generate", option=DIVISION)


@pytest.fixture(scope="module")
def role(asked):
    return asked("us-role", option="sky-guarantee")


def section(answer, name):
    return next(part for part in answer.sections if part.id == name)


def figure(cell):
    return next(slot for slot in cell.slots.values() if isinstance(slot, Figure))


def column(answer, part, key):
    table = section(answer, part).table
    return [table.cell(name, key) for name in table.keys]


@pytest.mark.parametrize("question", ["generate", "us-role", "aim", "feasible"])
def test_an_answer_survives_json(asked, question):
    answer = asked(question, option="reassurance-brigade")
    assert Answer.from_json(answer.to_json()) == answer


def test_each_reach_fills_at_least_what_the_one_before_it_fills(generated):
    table = section(generated, "lines").table
    titles = [c.key for c in table.columns if c.title.plain() in LEVELS.values()]
    sums = [
        sum(
            figure(table.cell(key, title)).value / figure(table.cell(key, titles[-1])).value
            for key in table.keys
            if figure(table.cell(key, titles[-1])).value
        )
        for title in titles
    ]
    assert sums == sorted(sums)
    assert len(sums) == len(Reach)


def test_offers_of_a_line_sum_to_at_least_what_it_has_in_the_end(generated):
    lines, offers = section(generated, "lines").table, section(generated, "offers").table
    brought: dict[str, float] = {}
    for key in offers.keys:
        line = key.partition("@")[2]
        brought[line] = brought.get(line, 0.0) + figure(offers.cell(key, "units")).value
    for line in lines.keys:
        assert brought.get(line, 0.0) >= figure(lines.cell(line, "owned_not_refused")).value - 1e-9


def test_what_nobody_has_offered_says_so(generated):
    offers = section(generated, "offers").table
    for key in offers.keys:
        told = offers.cell(key, "firmness").plain()
        assert (told == "to be asked for") is key.startswith("ask-")


def test_a_nation_that_refuses_is_asked_for_no_soldiers(generated):
    offers = section(generated, "offers").table
    for nation in ("USA", "POL", "ITA"):
        assert not any(key.startswith(f"ask-{nation}-") for key in offers.keys)


def test_units_are_whole(generated):
    for cell in column(generated, "offers", "units"):
        assert figure(cell).value == int(figure(cell).value)


def test_a_line_without_a_number_and_a_kind_that_nobody_counted_are_told(generated):
    told = " ".join(each.plain() for each in generated.not_known)
    assert "surveillance: nobody has said how many" in told
    assert "logistics unit anybody owns: no count is on record" in told


@pytest.mark.parametrize("key", ["gdp", "army", "nato-key", "un-scale", "shapley", "nucleolus"])
def test_fair_parts_sum_to_the_whole(lead, key):
    from guarantor.optimise.fairness import Fair, fair_shares
    from guarantor.optimise.gather import tables

    deal = lead.deals["ceasefire-with-consent"]
    made = tables(lead, DIVISION, deal, Reach.OWNED, horizon=60)
    assert sum(fair_shares(made, Fair(key)).parts.values()) == pytest.approx(1)


def test_an_unknown_key_names_the_known_ones(asked):
    with pytest.raises(Misuse, match=r"no key of fair shares.*gdp, army"):
        asked("generate", option=DIVISION, fair="gpd")


def test_why_not_stands_behind_each_open_line_with_its_side(asked):
    answer = asked("feasible", option=DIVISION, why="yes")
    table = section(answer, "why").table
    lines = {key.partition("/")[0] for key in table.keys}
    assert {"ground-force", "brigades", "engineers", "medical", "logistics"} <= lines
    assert all(f"{line}/need" in table.keys for line in lines)
    assert table.cell("logistics/unknown", "side").plain() == "not known"
    assert table.cell("medical/owns", "side").plain() == "cannot"
    refusing = table.cell("engineers/refuses", "who")
    assert "United States" in refusing.plain()
    words = [answer.traces[slot.trace] for slot in refusing.slots.values()]
    assert all(trace.citations for trace in words)


def test_without_why_nothing_is_searched_for(asked):
    assert "why" not in [part.id for part in asked("feasible", option=DIVISION).sections]


def test_command_is_left_free_and_anybody_may_fill_a_headquarters(role):
    told = " ".join(p.plain() for p in section(role, "sets").paragraphs)
    assert "Who commands is left free" in told
    owned = section(role, "sets").table.cell("owned/0", "smallest_role").plain()
    assert owned == "nothing"


def test_the_smallest_role_names_what_stands_behind_it_and_when_it_ends(role):
    reasons = section(role, "reasons").table
    assert "tanker/need-fighter" in reasons.keys
    flip = figure(reasons.cell("tanker/need-fighter", "no_longer_when"))
    have = figure(reasons.cell("tanker/line", "no_longer_when")).value
    assert flip.value == pytest.approx(have / 120)


def test_the_headline_says_of_how_many_futures_it_speaks(role):
    headline = role.headline.plain()
    table = section(role, "sets").table
    assert headline.count("at best values") == 2
    for others in ("possible", "owned"):
        told = figure(table.cell(f"{others}/0", "of_twenty_futures")).value
        assert f"in {told:g} of twenty futures of these ranges" in headline


def test_substitutes_come_with_their_notice(role):
    table = section(role, "substitutes").table
    assert figure(table.cell("tanker/nato", "notice_days")).unit == "days"


def test_any_nation_may_be_asked_about(asked):
    answer = asked("us-role", option=DIVISION, nation="FRA")
    assert "France" in answer.title.plain()


def test_an_aim_grows_the_lines_and_leaves_out_what_is_barred(asked):
    answer = asked("aim", option=DIVISION, hold="12500 for 36 months", without="GBR,USA:air")
    lines = section(answer, "lines").table
    assert figure(lines.cell("brigades", "asked")).value == pytest.approx(2.1)
    offers = section(answer, "offers").table
    assert not any(key.startswith(("gbr-", "ask-GBR")) for key in offers.keys)
    assert "for 36 months" in answer.headline.plain()


def test_an_aim_without_a_strength_says_how_to_name_one(asked):
    assert "--hold" in asked("aim").headline.plain()


def test_bad_aims_are_refused_together(asked):
    with pytest.raises(Misuse) as caught:
        asked("aim", hold="many", without="USA:grund")
    assert {problem.field for problem in caught.value.problems} == {"--hold", "--without"}
