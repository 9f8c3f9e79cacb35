"""Plants one error of a kind into the text of an entry, at a random place of the lead case."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from planting import (
    Copy,
    Planted,
    columns,
    rows,
    section,
    set_cell,
    yaml_lines,
)

Planter = Callable[[Copy, Random], Planted | None]
PLANTERS: dict[str, Planter] = {}
"""By kind of error. A planter returns None where the copy has no room for its error any more."""

OPTIONS = "options/"


def planter(kind: str) -> Callable[[Planter], Planter]:
    def keep(plant: Planter) -> Planter:
        def plant_kind(copy: Copy, random: Random) -> Planted | None:
            planted = plant(copy, random)
            return planted and replace(planted, kind=kind)

        PLANTERS[kind] = plant_kind
        return plant_kind

    return keep


def cell_planter(
    kind: str,
    places: list[tuple[str, str, dict[str, str]]],
    values: list[str],
    relies: tuple[str, ...] = (),
) -> None:
    """Register a planter that puts one of the values into a cell: (file, column, which rows)."""

    @planter(kind)
    def plant(copy: Copy, random: Random) -> Planted | None:
        file, column, wanted = random.choice(places)
        free = rows(copy, file, **wanted) if column in columns(copy, file) else []
        if not free:
            return None
        line = random.choice(free)
        set_cell(copy, file, line, column, random.choice(values))
        copy.take(line)
        return Planted(file, (line,), column, relies=relies)


def yaml_planter(
    kind: str,
    where: str,
    pattern: str,
    values: list[str],
    sections: tuple[str, ...] = (),
    relies: tuple[str, ...] = (),
) -> None:
    """Register a planter that writes one of the values after the first group of a line's match."""

    @planter(kind)
    def plant(copy: Copy, random: Random) -> Planted | None:
        free = [
            (file, line)
            for file in copy.open_files(".yaml")
            if file.startswith(where)
            for line in yaml_lines(copy, file, pattern)
            if not sections or section(copy, file, line) in sections
        ]
        if not free:
            return None
        file, line = random.choice(free)
        found = re.fullmatch(pattern, line.text)
        assert found is not None
        line.text = found[1] + random.choice(values)
        copy.take(line)
        name = re.search(r"(\w+):\s*$|(\w+): ", found[1])
        field = (name[1] or name[2]) if name else section(copy, file, line)
        return Planted(file, (line,), field, relies=relies)


NATIONS_AND_GROUPS = ("nations", "groups")
PEOPLE = [
    ("nations.csv", "active_personnel", {}),
    ("nations.csv", "land_personnel", {}),
    ("nations.csv", "population", {}),
]
SAID = [("positions.csv", "quantity", {})]
ON_THE_GROUND = [("positions.csv", "quantity", {"topic": "ground_troops"})]
DATES = [
    ("positions.csv", "date", {}),
    ("sources.csv", "date", {}),
    ("gates.csv", "as_of", {}),
    ("commitments.csv", "as_of", {}),
    ("contributions.csv", "since", {}),
]
IMPOSSIBLE = ["2025-02-30", "2025-13", "2025-00-01", "0000-01-01", "22.08.2025", "2025-8-2"]

cell_planter(
    "unknown nation in a table",
    [
        ("memberships.csv", "nation", {}),
        ("gates.csv", "nation", {}),
        ("commitments.csv", "nation", {}),
        ("keys.csv", "nation", {}),
    ],
    ["XKZ", "UKX", "QQQ"],
    relies=("nations",),
)
cell_planter(
    "unknown actor of a position",
    [("positions.csv", "actor", {})],
    ["FRR", "coalitoin", "ZZZ"],
    relies=NATIONS_AND_GROUPS,
)
cell_planter(
    "unknown owner, provider or payer",
    [
        ("pools.csv", "owner", {}),
        ("contributions.csv", "provider", {}),
        ("contributions.csv", "payer", {}),
    ],
    ["FRR", "coalitoin", "ZZZ"],
    relies=NATIONS_AND_GROUPS,
)
cell_planter(
    "unknown capability in a table",
    [("pools.csv", "capability", {}), ("contributions.csv", "capability", {})],
    ["ground-brigades", "tank-army"],
    relies=("capabilities",),
)
cell_planter(
    "unknown position of a contribution",
    [("contributions.csv", "position", {})],
    ["nobody-said-so"],
    relies=("positions",),
)
cell_planter(
    "transfer with an end",
    [("contributions.csv", "ends", {"kind": "transfer"})],
    ["P1Y", "P6M"],
)
yaml_planter("unknown host", "case.yaml", "(host: ).*", ["UKK", "XYZ"], relies=("nations",))
yaml_planter(
    "unknown nation in command",
    OPTIONS,
    "( +by: ).*",
    ["USB", "nato-hq"],
    relies=NATIONS_AND_GROUPS,
)
yaml_planter(
    "unknown actor of a response",
    OPTIONS,
    r"( +actors: )\[.*\]",
    ["[ukranian]", "[FRAU]"],
    relies=NATIONS_AND_GROUPS,
)
cell_planter(
    "unknown group", [("memberships.csv", "group", {})], ["eu-28", "coalitoin"], relies=("groups",)
)
yaml_planter(
    "unknown capability of a line",
    OPTIONS,
    "( +capability: ).*",
    ["ground-brigades", "tank-army"],
    relies=("capabilities",),
)
yaml_planter(
    "strength of a correlation that is no part of the whole",
    "correlations.yaml",
    "(    strength: ).*",
    ["1 ratio", "-0.5 ratio", "50 percent", "0.2 to 0.9 ratio", "absent ratio", "half"],
)
yaml_planter(
    "quantity of an assumption that cannot be read",
    "assumptions.yaml",
    "(    quantity: ).*",
    ["7", "30 to 20 percent", "-5 percent", '"choice of some: 0.5, none: 0.6"', "three months"],
)
yaml_planter(
    "assumption of an unknown kind",
    "assumptions.yaml",
    "(    kind: ).*",
    ["guessed", "derived from"],
)
cell_planter("unknown topic", [("positions.csv", "topic", {})], ["ground_troop", "weather"])
cell_planter("unknown stance", [("positions.csv", "stance", {})], ["oppose", "maybe"])
cell_planter(
    "unknown source in a table",
    [
        ("positions.csv", "sources", {}),
        ("nations.csv", "sources", {}),
        ("memberships.csv", "sources", {}),
        ("gates.csv", "sources", {}),
        ("theatre/places.csv", "sources", {}),
    ],
    ["U9999", "S001;S0O2", "U001;X"],
    relies=("sources",),
)
yaml_planter(
    "unknown source of a statement",
    "",
    r"( +sources: )\[.*\]",
    ["[U9999]", "[S001, S0O2]"],
    relies=("sources",),
)
yaml_planter(
    "unknown deal",
    OPTIONS,
    r"(  - )\S+",
    ["ceasefire", "peace-for-our-time"],
    sections=("deals",),
    relies=("deals",),
)
yaml_planter(
    "unknown option on the page",
    "case.yaml",
    r"(  - )\S+",
    ["sky-garantee", "nothing"],
    sections=("on_one_page",),
)
cell_planter(
    "number below zero", [*PEOPLE, ("theatre/places.csv", "population", {})], ["-5000 people"]
)
cell_planter("number below zero said", SAID, ["-200 people deployed", "-5 to 10 units"])
cell_planter("reversed range", PEOPLE, ["5000 to 3000 people", "2 million to 1 million people"])
cell_planter("reversed range said", SAID, ["5000 to 3000 people deployed"])
cell_planter("not a number", [*PEOPLE, *SAID], ["nan people", "NaN people deployed", "inf people"])
yaml_planter(
    "strength that is no number of people deployed",
    OPTIONS,
    "( +quantity: ).*",
    ["25000 pool people", "-25000 people deployed", "30000 to 20000 people deployed", "nan people"],
    sections=("strength",),
)
yaml_planter(
    "line in a unit that is no requirement",
    OPTIONS,
    "(    quantity: ).*",
    ["300 km", "75000 pool people", "250000 person-tours", "EUR 3 billion at 2025 prices"],
    sections=("lines",),
)
cell_planter("unit that does not fit", PEOPLE, ["5000 km", "5000 pool people"])
cell_planter("unit that does not fit on the ground", ON_THE_GROUND, ["90 km", "75000 pool people"])
cell_planter("money without a price year", SAID, ["EUR 5 billion", "USD 30 million", "GBP 2"])
cell_planter("impossible date in a table", DATES, IMPOSSIBLE)
yaml_planter(
    "impossible date of a statement",
    "",
    '( +since: )".+"',
    [f'"{date}"' for date in IMPOSSIBLE],
)
cell_planter("date after the record", DATES, ["2027-03-01", "2026-12", "2031"], relies=("about",))
cell_planter(
    "membership that ends after the record",
    [("memberships.csv", "until", {})],
    ["2040-01-01"],
    relies=("about",),
)
yaml_planter(
    "statement dated after the record",
    "",
    '( +since: )".+"',
    ['"2027-03-01"', '"2030"'],
    relies=("about",),
)
cell_planter(
    "missing required cell",
    [
        ("positions.csv", "statement", {}),
        ("positions.csv", "office", {}),
        ("nations.csv", "name", {}),
        ("sources.csv", "publisher", {}),
        ("gates.csv", "detail", {}),
        ("theatre/places.csv", "latitude", {}),
    ],
    [""],
)
cell_planter(
    "missing source in a table",
    [
        ("positions.csv", "sources", {}),
        ("memberships.csv", "sources", {}),
        ("gates.csv", "sources", {"kind": "reported"}),
        ("theatre/places.csv", "sources", {}),
    ],
    [""],
)
cell_planter(
    "value of another kind",
    [("theatre/places.csv", "longitude", {})],
    ["east", "181", "-180.5", "nan"],
)
cell_planter("offer without a rung", [("positions.csv", "rung", {"stance": "offers"})], [""])
cell_planter(
    "rung without a promise",
    [("positions.csv", "rung", {"stance": "excludes|opposes"})],
    ["pledged"],
)
cell_planter(
    "confirmed without a decision",
    [
        ("positions.csv", "rung", {"stance": "offers", "binding": binding})
        for binding in ("statement", "leak", "declaration_signed")
    ],
    ["confirmed", "deployed"],
)
cell_planter(
    "membership that ends before it begins",
    [("memberships.csv", "until", {"since": r"\d.*"})],
    ["1900-01-01", "1948"],
)
yaml_planter(
    "value of another kind in a block",
    "",
    "((?:    (?:ceasefire|complete)|order): ).*",
    ["perhaps", "[1]", "2.5"],
)
