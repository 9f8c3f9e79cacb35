"""Plants errors that concern a whole file: its bytes, its header, its syntax, its presence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from planters_of_blocks import PLANTERS, planter
from planting import (
    INVALID_BYTE,
    KEYS_OF,
    OPTIONAL,
    TABLE_OF,
    Copy,
    Line,
    Planted,
    cells,
    columns,
    rows,
    set_cells,
    yaml_lines,
)

if TYPE_CHECKING:
    from random import Random

__all__ = ["PLANTERS"]


def _close(copy: Copy, file: str) -> tuple[str, ...]:
    """Let nothing more be planted into a file, and return the table that can no longer be read."""
    copy.closed.add(file)
    return (TABLE_OF[file],) if file in TABLE_OF else ()


def _untouched(copy: Copy, random: Random, ending: str = "") -> str | None:
    free = copy.untouched(ending)
    return random.choice(free) if free else None


@planter("missing column")
def missing_column(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".csv")
    if file is None:
        return None
    column = random.choice([name for name in columns(copy, file) if name not in KEYS_OF[file]])
    at = columns(copy, file).index(column)
    for line in copy.files[file]:
        values = cells(line)
        set_cells(line, values[:at] + values[at + 1 :])
    header = copy.files[file][0]
    copy.take(header)
    return Planted(file, (header,), column)


@planter("missing cell in the header")
def missing_header_cell(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".csv")
    if file is None:
        return None
    column = random.choice([name for name in columns(copy, file) if name not in KEYS_OF[file]])
    header = copy.files[file][0]
    set_cells(header, [name for name in columns(copy, file) if name != column])
    _close(copy, file)
    return Planted(file, (header,), column)


@planter("misspelt column")
def misspelt_column(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".csv")
    if file is None:
        return None
    column = random.choice([name for name in columns(copy, file) if name not in KEYS_OF[file]])
    header = copy.files[file][0]
    wrong = f"{column}s" if random.random() < 0.5 else column.upper()
    set_cells(header, [wrong if name == column else name for name in columns(copy, file)])
    copy.take(header)
    return Planted(file, (header,), wrong)


@planter("unknown column")
def unknown_column(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".csv")
    if file is None:
        return None
    for number, line in enumerate(copy.files[file]):
        line.text += ",blue" if number else ",colour"
    header = copy.files[file][0]
    copy.take(header)
    return Planted(file, (header,), "colour")


@planter("extra cell in a row")
def extra_cell(copy: Copy, random: Random) -> Planted | None:
    file = random.choice(copy.open_files(".csv") or ["positions.csv"])
    free = rows(copy, file)
    if not free:
        return None
    line = random.choice(free)
    line.text += random.choice([",", ",more", ",a,b"])
    copy.take(line)
    return Planted(file, (line,))


@planter("quote that is not closed in a table")
def open_quote(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".csv")
    if file is None:
        return None
    line = random.choice(copy.files[file][1:])
    starts = [found.start() for found in re.finditer(r"(?<=,)[^,\"]", line.text)]
    if not starts or '"' in line.text:
        return None
    at = random.choice(starts)
    line.text = f'{line.text[:at]}"{line.text[at:]}'
    return Planted(file, (line,), breaks=_close(copy, file))


@planter("quote that is not closed in a block")
def open_yaml_quote(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".yaml")
    lines = yaml_lines(copy, file, r' *\w+: ".+"') if file else []
    if file is None or not lines:
        return None
    line = random.choice(lines)
    line.text = line.text[:-1]
    return Planted(file, (line,), breaks=_close(copy, file))


@planter("byte that is not UTF-8")
def invalid_byte(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random)
    if file is None:
        return None
    line = random.choice(copy.files[file])
    at = random.randint(0, len(line.text))
    line.text = line.text[:at] + INVALID_BYTE + line.text[at:]
    return Planted(file, (line,), breaks=_close(copy, file))


@planter("byte-order mark")
def byte_order_mark(copy: Copy, random: Random) -> Planted | None:
    free = [name for name in copy.open_files() if copy.files[name][0] not in copy.taken]
    if not free:
        return None
    file = random.choice(free)
    first = copy.files[file][0]
    first.text = f"\ufeff{first.text}"
    _close(copy, file)
    return Planted(file, (first,))


@planter("control character")
def control_character(copy: Copy, random: Random) -> Planted | None:
    free = [
        (file, line)
        for file in copy.open_files()
        for line in copy.files[file][1:]
        if line not in copy.taken
    ]
    if not free:
        return None
    file, line = random.choice(free)
    at = random.randint(0, len(line.text))
    bad = random.choice("\x07\x1b\x7f\x85\u202e\u2028\ufeff")
    line.text = line.text[:at] + bad + line.text[at:]
    copy.take(line)
    return Planted(file, (line,))


@planter("file that is too large")
def too_large(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random)
    if file is None:
        return None
    copy.swollen.add(file)
    return Planted(file, breaks=_close(copy, file))


@planter("missing file")
def missing_file(copy: Copy, random: Random) -> Planted | None:
    bound = {*TABLE_OF} - {"case.yaml"} - OPTIONAL
    free = [file for file in copy.untouched("") if file in bound]
    if not free:
        return None
    file = random.choice(free)
    copy.removed.add(file)
    return Planted(file, breaks=_close(copy, file))


@planter("file that nothing reads")
def stray_file(copy: Copy, random: Random) -> Planted | None:
    names = ["position.csv", "options/plan-b.yml", "options/old/plan.yaml", "pools.json", "A.CSV"]
    file = random.choice([name for name in names if name not in copy.files] or [""])
    if not file:
        return None
    copy.files[file] = [Line("id,name"), Line("1,one")]
    copy.closed.add(file)
    return Planted(file)


@planter("bomb of aliases")
def bomb(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".yaml")
    if file is None:
        return None
    lines = [Line("bomb0: &a0 [x, x, x, x, x, x, x, x, x]")]
    lines += [Line(f"bomb{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]") for n in range(1, 10)]
    copy.files[file].extend(lines)
    return Planted(file, (lines[1],), breaks=_close(copy, file))


@planter("deep nesting")
def deep(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".yaml")
    if file is None:
        return None
    depth = random.choice([25, 100, 5000])
    line = Line(f"deep: {'[' * depth}{']' * depth}")
    copy.files[file].append(line)
    return Planted(file, (line,), breaks=_close(copy, file))


@planter("indented by a tab")
def tab(copy: Copy, random: Random) -> Planted | None:
    file = _untouched(copy, random, ".yaml")
    lines = yaml_lines(copy, file, r"  +\w+: [^>|]+") if file else []
    if file is None or not lines:
        return None
    line = random.choice(lines)
    line.text = f"\t{line.text.lstrip()}"
    return Planted(file, (line,), breaks=_close(copy, file))
