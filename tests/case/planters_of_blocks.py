"""Plants errors into the fields of YAML blocks and the keys of entries."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from planters import OPTIONS, PLANTERS, planter
from planting import KEYS_OF, Copy, Line, Planted, entry, entry_lines, rows, yaml_lines

if TYPE_CHECKING:
    from random import Random

__all__ = ["PLANTERS", "planter"]

CORRELATED = ("assumptions", "contributions", "capabilities", "pools")
"""The tables whose quantities correlations name."""


@planter("missing source of a reported statement")
def missing_source(copy: Copy, random: Random) -> Planted | None:
    free = [
        (file, line)
        for file in copy.open_files(".yaml")
        if file.startswith(OPTIONS) or file == "case.yaml"
        for line in yaml_lines(copy, file, r" +sources: \[.*\]")
        if any("kind: reported" in near.text for near in _around(copy, file, line))
    ]
    if not free:
        return None
    file, line = random.choice(free)
    start = entry(copy, file, line)
    copy.take(line, *entry_lines(copy, file, start))
    if random.random() < 0.5:
        line.text = re.sub(r"\[.*\]", "[]", line.text)
        return Planted(file, (line,), "sources")
    copy.files[file].remove(line)
    return Planted(file, (start,), "sources")


@planter("missing required field")
def missing_field(copy: Copy, random: Random) -> Planted | None:
    names = "kind|band|duty|capability|quantity|starts|basis|under|state|by|delay|title|consent"
    free = _simple_lines(copy, rf"   *({names}): [^>|\[]+")
    if not free:
        return None
    file, line = random.choice(free)
    start = entry(copy, file, line)
    copy.take(line, *entry_lines(copy, file, start))
    copy.files[file].remove(line)
    return Planted(file, (start,), line.text.split(":")[0].strip())


@planter("misspelt field")
def misspelt_field(copy: Copy, random: Random) -> Planted | None:
    free = _simple_lines(copy, r"  +\w+: [^>|\[]+")
    if not free:
        return None
    file, line = random.choice(free)
    start = entry(copy, file, line)
    copy.take(line, *entry_lines(copy, file, start))
    name = line.text.split(":")[0].strip()
    at = random.randrange(1, len(name))
    wrong = name[:at] + "q" + name[at:]
    line.text = line.text.replace(name, wrong, 1)
    return Planted(file, (line,), wrong, also=(start,))


@planter("unknown field")
def unknown_field(copy: Copy, random: Random) -> Planted | None:
    free = _simple_lines(copy, r"(  +)\w+: [^>|\[]+")
    if not free:
        return None
    file, line = random.choice(free)
    depth = len(line.text) - len(line.text.lstrip())
    added = copy.insert(file, line, " " * depth + "colour: blue")
    copy.take(line, added)
    return Planted(file, (added,), "colour")


@planter("field twice")
def field_twice(copy: Copy, random: Random) -> Planted | None:
    free = _simple_lines(copy, r"(  +)\w+: [^>|\[]+")
    if not free:
        return None
    file, line = random.choice(free)
    added = copy.insert(file, line, line.text)
    copy.take(line, added)
    return Planted(file, (added,), line.text.split(":")[0].strip())


@planter("key twice")
def key_twice(copy: Copy, random: Random) -> Planted | None:
    file = random.choice(copy.open_files(".csv") or ["positions.csv"])
    free = rows(copy, file)
    if not free:
        return None
    line = random.choice(free)
    after = random.choice(copy.files[file][copy.files[file].index(line) :])
    added = copy.insert(file, after, line.text)
    copy.take(line, added)
    return Planted(file, (added,), ", ".join(KEYS_OF[file]))


@planter("unknown capability needed")
def capability_needed(copy: Copy, random: Random) -> Planted | None:
    file = "capabilities.yaml"
    free = yaml_lines(copy, file, r"      - capability: \S+")
    if not free:
        return None
    line = random.choice(free)
    line.text = f"      - capability: {random.choice(['tankers', 'x-ray'])}"
    copy.take(line)
    return Planted(file, (line,), "capability", relies=("capabilities",))


@planter("correlation of what does not exist")
def unknown_member(copy: Copy, random: Random) -> Planted | None:
    file = "correlations.yaml"
    free = yaml_lines(copy, file, r"      - \S+")
    if not free:
        return None
    line = random.choice(free)
    wrong = ["wil-in-common", "contributions/nobody", "rain/often", "pools/XYZ/fighter"]
    wrong += ["capabilities/fighter/price", "capabilities/monitors/tour"]
    line.text = f"      - {random.choice(wrong)}"
    copy.take(line)
    return Planted(file, (line,), "members", relies=CORRELATED)


@planter("quantity in two correlations")
def correlated_twice(copy: Copy, random: Random) -> Planted | None:
    file = "correlations.yaml"
    free = yaml_lines(copy, file, r"      - \S+")
    starts = {line: _above(copy, file, line, "  - id: ") for line in free}
    pairs = [(a, b) for a, b in combinations(free, 2) if starts[a] is not starts[b]]
    if not pairs:
        return None
    earlier, later = random.choice(pairs)
    later.text = earlier.text
    copy.take(earlier, later)
    return Planted(file, (later,), "members", relies=CORRELATED)


@planter("circle of needs")
def circle(copy: Copy, random: Random) -> Planted | None:
    file = "capabilities.yaml"
    pairs = []
    for line in yaml_lines(copy, file, r"      - capability: \S+"):
        name = line.text.removeprefix("      - capability: ")
        needed = next((at for at in copy.files[file] if at.text == f"  - id: {name}"), None)
        start = _above(copy, file, line, "  - id: ")
        if needed is None or _above(copy, file, line, "    ").text != "    needs:":
            continue
        if not copy.taken.intersection([start, needed, *_around(copy, file, needed)]):
            pairs.append((line, start, needed))
    if not pairs:
        return None
    line, start, needed = random.choice(pairs)
    added = _add_need(copy, file, needed, start.text.removeprefix("  - id: "))
    copy.take(line, start, needed, added)
    return Planted(file, (added, line), "needs", relies=("capabilities",))


@planter("option that is not its file")
def option_id(copy: Copy, random: Random) -> Planted | None:
    free = [file for file in copy.open_files(".yaml") if yaml_lines(copy, file, "id: .*")]
    if not free:
        return None
    file = random.choice(free)
    line = yaml_lines(copy, file, "id: .*")[0]
    line.text = random.choice(["id: another-name", "id: status-quo", "id: sky-guarantee"])
    if line.text.removeprefix("id: ") in file:
        line.text = "id: one-more-option"
    copy.take(line)
    return Planted(file, (line,), "id")


@planter("breach without a row")
def breach(copy: Copy, random: Random) -> Planted | None:
    kinds = "below_armed_attack|local|strike_on_force|general"
    free = _simple_lines(copy, rf"    ({kinds}): not stated")
    if not free:
        return None
    file, line = random.choice(free)
    start = next(at for at in copy.files[file] if at.text == "  breach:")
    if start in copy.taken:
        return None
    copy.take(start, line, *entry_lines(copy, file, start))
    copy.files[file].remove(line)
    return Planted(file, (start,), "breach")


def _simple_lines(copy: Copy, pattern: str) -> list[tuple[str, Line]]:
    """Return lines with a field and its value, in entries of which nothing is taken."""
    return [
        (file, line)
        for file in copy.open_files(".yaml")
        for line in yaml_lines(copy, file, pattern)
        if not copy.taken.intersection(_around(copy, file, line))
    ]


def _around(copy: Copy, file: str, line: Line) -> list[Line]:
    return entry_lines(copy, file, entry(copy, file, line))


def _above(copy: Copy, file: str, line: Line, start: str) -> Line:
    """Return the nearest line above that starts so, and not deeper than that."""
    lines = copy.files[file]
    above = reversed(lines[: lines.index(line)])
    return next(at for at in above if at.text.startswith(start) and at.text[len(start)] != " ")


def _add_need(copy: Copy, file: str, start: Line, name: str) -> Line:
    lines = entry_lines(copy, file, start)
    needs = next((at for at in lines if at.text == "    needs:"), None)
    if needs is None:
        needs = copy.insert(file, lines[-1], "    needs:")
    added = copy.insert(file, needs, f"      - capability: {name}")
    after = added
    for text in ("  per_unit:", "    quantity: 1 ratio", "    kind: judged"):
        after = copy.insert(file, after, f"      {text}")
    return added
