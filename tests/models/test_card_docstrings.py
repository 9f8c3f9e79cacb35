"""A card is read from its function's docstring, and a docstring that breaks the form is refused."""

from __future__ import annotations

import pytest

from guarantor.models import CARDS, Card, ModelDomainError, Range, card_from

DOCSTRING = """Twice a number.

    $ y = 2 x $

    Symbols:
        x, $x$ [units]: a number; from 0 below z; valid from 1 to 2; flat because of a reason
        z, $z$ [units]: another; any; valid throughout
    Outputs:
        y, $y$ [units]: its double
    Also:
        a for x, c for z, b for y
    Validity: Everywhere.
    Traps:
        One.
        Two goes on
            and on.
    Basis: ours
    Source: Nobody.
    """


def twice(x: float, z: float) -> float:
    return 2 * x


def card_with(docstring: str) -> Card:
    twice.__doc__ = docstring
    return card_from(twice)


def test_a_docstring_is_read_in_full():
    card = card_with(DOCSTRING)
    variant, renamed = card.variants
    assert (card.name, card.title, card.basis) == ("twice", "Twice a number.", "ours")
    assert card.functions == (twice,)
    assert variant.equation == "y = 2 x"
    assert variant.traps == ("One.", "Two goes on and on.")
    x, z = variant.symbols
    assert x.domain == Range(0.0, "z", high_open=True)
    assert x.validity == Range(1.0, 2.0)
    assert x.flat == "because of a reason"
    assert z.domain == z.validity == Range()
    assert [each.name for each in renamed.symbols] == ["a", "c"]
    assert renamed.symbols[0].domain.high == "c"
    assert card.call({"a": 1, "c": 3}).outputs == {"b": 2.0}


def test_renaming_reaches_the_ranges_that_name_an_input():
    plain, renamed = card_with(DOCSTRING.replace("from 0 below z", "from z below z")).variants
    assert plain.symbols[0].domain == Range("z", "z", high_open=True)
    assert renamed.symbols[0].domain == Range("c", "c", high_open=True)


def test_one_output_may_itself_be_a_sequence():
    def parts(x: float) -> tuple[float, float]:
        return x / 2, x / 2

    parts.__doc__ = DOCSTRING.replace(
        "        z, $z$ [units]: another; any; valid throughout\n", ""
    )
    parts.__doc__ = parts.__doc__.replace("from 0 below z", "any").replace(" c for z,", "")
    assert card_from(parts).call({"x": 3}).outputs == {"y": (1.5, 1.5)}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    $ y = 2 x $\n", "", "lacks an equation"),
        ("Source: Nobody.", "", "lacks Source"),
        ("Basis: ours", "Basis: mine", "basis 'mine' is neither published nor ours"),
        ("; valid from 1 to 2", "", "x states no validity"),
        ("from 0 below z", "0-z", "not a range: '0-z'"),
        ("valid from 1 to 2", "valid 1-2", "not a range: '1-2'"),
        ("from 0 below z;", "", "not a range: 'valid from 1 to 2'"),
        ("from 0 below z;", ";", "not a range: ''"),
        ("z, $z$", "w, $w$", r"not a symbol of the function: 'w, \$w\$ \[units\]: another"),
        ("y, $y$ [units]", "y", "not an output: 'y: its double'"),
        ("a for x", "a as x", "not a renaming: 'a as x'"),
        ("b for y", "b for w", "renames what it does not have: 'a for x, c for z, b for w'"),
    ],
)
def test_a_docstring_that_breaks_the_form_is_refused(old, new, says):
    assert old in DOCSTRING
    with pytest.raises(ValueError, match=f"twice: .*(?:{says})"):
        card_with(DOCSTRING.replace(old, new))


def test_a_missing_symbol_or_docstring_is_refused():
    lines = DOCSTRING.splitlines()
    with pytest.raises(ValueError, match="another order"):
        card_with(
            "\n".join(line for line in lines if "z, $z$" not in line and " c for" not in line)
        )
    twice.__doc__ = None
    with pytest.raises(ValueError, match="no docstring"):
        card_from(twice)


def test_published_and_own_equations_cannot_share_a_name():
    twice.__doc__ = DOCSTRING
    published = CARDS["rotation_ratio"].functions[0]
    with pytest.raises(ValueError, match="twice: published equations and ours cannot share"):
        card_from(twice, published)


def test_an_equation_has_to_give_as_many_results_as_its_card_names():
    def three(x: float) -> tuple[float, float, float]:
        return x, x, x

    three.__doc__ = """Three numbers.

    $ a = x, quad b = x $

    Symbols:
        x, $x$ [units]: a number; any; valid throughout
    Outputs:
        a, $a$ [units]: one
        b, $b$ [units]: another
    Validity: Everywhere.
    Basis: ours
    Source: Nobody.
    """
    with pytest.raises(ValueError, match="longer"):
        card_from(three).call({"x": 1})


def test_a_list_with_one_number_that_is_not_finite_is_refused():
    def some(x: float) -> list[float]:
        return [x, float("inf"), x]

    some.__doc__ = """Some numbers.

    $ a = x $

    Symbols:
        x, $x$ [units]: a number; any; valid throughout
    Outputs:
        a, $a$ [units]: several
    Validity: Everywhere.
    Basis: ours
    Source: Nobody.
    """
    with pytest.raises(ModelDomainError, match="a finite result"):
        card_from(some).call({"x": 1})
