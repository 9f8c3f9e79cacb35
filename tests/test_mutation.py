"""Mutants change one thing each, where equations are, and are told apart by name."""

from __future__ import annotations

import ast

import pytest
from mutation.mutants import mutants
from mutation.report import explanations, results
from mutation.trial import MODELS

TEXT = '''
LIMIT = 5


def area(width: float | None, height: float) -> float | None:
    """Return 3 things."""
    return 2.0 * width + height - 0.0


class Box:
    def holds(self, inside: bool) -> bool:
        return inside and not self.full or len(self.items) < 3
'''


def changes(text):
    return {(each.function, each.before, each.after) for each in mutants("box.py", text)}


def test_each_kind_of_change_is_made_once():
    assert changes(TEXT) == {
        ("area", "2.0 * width + height - 0.0", "2.0 * width + height + 0.0"),
        ("area", "2.0 * width + height", "2.0 * width - height"),
        ("area", "2.0 * width", "2.0 / width"),
        ("area", "2.0", "2.02"),
        ("area", "0.0", "1.0"),
        ("area", "width", "height"),
        ("area", "height", "width"),
        (
            "Box.holds",
            "inside and (not self.full) or len(self.items) < 3",
            "(inside and (not self.full)) and len(self.items) < 3",
        ),
        ("Box.holds", "inside and (not self.full)", "inside or not self.full"),
        ("Box.holds", "not self.full", "self.full"),
        ("Box.holds", "len(self.items) < 3", "len(self.items) <= 3"),
        ("Box.holds", "3", "4"),
    }


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("return 1 if x else 2", {"1", "2", "3"}),
        ("return x, y", {"return (y, x)"}),
        ("return min(x, 1)", {"max", "2"}),
        ("x += 1", {"x -= 1", "2"}),
        ("return x in y", {"x not in y"}),
        ("return True", {"False"}),
        ("return 'seven'", set()),
    ],
)
def test_conditions_results_and_operators_are_changed(line, after):
    assert {each.after for each in mutants("f.py", f"def f(x):\n    {line}\n")} == after


def test_equal_changes_in_one_function_are_numbered():
    keys = [each.key for each in mutants("f.py", "def f(x):\n    return g(1) + h(1)\n")]
    assert keys == [
        "f.py f: g(1) + h(1) → g(1) - h(1)",
        "f.py f: 1 → 2",
        "f.py f: 1 → 2 #2",
    ]


@pytest.mark.parametrize("file", sorted(path.name for path in MODELS.glob("*.py")))
def test_every_mutant_of_the_models_is_another_program_with_a_name_of_its_own(file):
    text = (MODELS / file).read_text(encoding="utf-8")
    original = ast.unparse(ast.parse(text))
    made = list(mutants(file, text))
    assert len({each.key for each in made}) == len(made)
    assert original not in {each.text for each in made}
    assert len({each.text for each in made}) == len(made)


def test_explanations_name_mutants_that_exist_and_say_why():
    made = {
        each.key
        for path in MODELS.glob("*.py")
        for each in mutants(path.name, path.read_text(encoding="utf-8"))
    }
    assert explanations().keys() <= made
    assert all(why.endswith(".") for why in explanations().values())


def test_results_count_by_file_and_show_what_is_not_explained():
    told = results(
        {"a.py": 3, "b.py": 2}, ["a.py f: 1 → 2", "b.py g: x → y"], {"b.py g: x → y": "W."}
    )
    assert "| a.py | 3 | 2 | 1 |" in told
    assert "| all | 5 | 3 | 2 |" in told
    assert "- `a.py f: 1 → 2`: **not explained**" in told
    assert "- `b.py g: x → y`: W." in told
