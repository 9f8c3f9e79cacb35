"""The reference page of the case folder, made from the records and from examples that are read.

`python -m guarantor.case.reference` prints it as Markdown.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from guarantor.case.build import build
from guarantor.case.csv_file import read_csv
from guarantor.case.fields import record_sections, summary, table
from guarantor.case.files import LARGEST, CaseFile
from guarantor.case.read import ABOUT, OPTIONS, TABLES
from guarantor.case.record import NOT_STATED
from guarantor.case.records import Gate
from guarantor.case.rules import UNITS_OF_LINES
from guarantor.case.statements import Option
from guarantor.problems import Collector, Problems
from guarantor.quantity import Duration, PartialDate, Unit, parse_amount

if TYPE_CHECKING:
    from collections.abc import Iterator

AMOUNTS = (
    "200 people deployed",
    "3000 to 5000 people deployed",
    "3000 to 5000, best 3900 people deployed",
    "at most 7500 people deployed",
    "at least 10000 people deployed",
    "choice of 4: 0.25, 6: 0.75 months",
    "absent systems",
    "1.2 million people",
    "EUR 1.2 billion at 2024 prices",
    "USD 28 to 32 million at current prices",
)
WRONG_AMOUNTS = (
    "7500",
    "10k people deployed",
    "up to 7500 people deployed",
    "about 25000 people deployed",
    "5000 to 3000 people deployed",
    "EUR 1.2 billion",
)
DATES = ("2025-08-22", "2025-08", "2025", "undated")
DURATIONS = ("P6M", "P1Y6M", "P5Y", "P2W", "PT72H")

WRONG_GATES = """\
nation,rule,detail,kind,as_of,sources,note
FR,priro,,reported,2025-13,S001,
"""

EXAMPLE_GUARANTEE = """\
guarantee:
  obligation: not stated
  trigger:
    - text: A new armed attack, once a ceasefire has taken effect.
      kind: reported
      since: "2026-01-06"
      sources: [S014, S017]
      quality: primary
  posture: not stated
  legal_basis: not stated
  end: not stated
  breach:
    below_armed_attack: not stated
    local:
      - text: Within a day a diplomatic warning.
        kind: reported
        since: "2026-02-03"
        sources: [U013]
        quality: unverified
        actors: [coalition]
        duty: consult
        within: PT24H
        under: not stated
    strike_on_force: not stated
    general: not stated
"""

_START = f"""\
# The case folder

Generated from the program's own records by
`python -m guarantor.case.reference > docs/case-format.md`.

A case is one planning problem: a folder of plain text files. Edit the `.yaml` files in any editor
and the `.csv` files in an editor or a spreadsheet, and keep the folder under version control: what
changed between two versions can then be read line by line.

## How to start

```
guarantor new my-case --from ukraine-2025-08
guarantor check my-case
guarantor ask changed ukraine-2025-08 --against my-case
guarantor schemas -o schemas
```

The first command copies a case that has no problems. The second names every problem with its file
and line. The third says what your edits changed, and what that did to the answers. The fourth
writes JSON Schemas, with which an editor completes fields and underlines slips while you type.

Begin with `{ABOUT}`: give the case its title, the question put to decision makers, the last day
that the record covers (`as_of`) and a new `version`. Then change options and positions, and add a
source for each thing that somebody else published.

## The files

"""

_OPTIONAL = " and ".join(f"`{found.file}`" for found in TABLES.values() if found.optional)

_RULES = f"""\

Notes (`.md`, `.txt`) and map outlines (`.geojson`) may lie in the folder and are not checked. Any
other `.csv`, `.yaml` or `.json` file is a problem, since its author may believe that it counts.

- Files are UTF-8 without a byte-order mark, hold no characters that cannot be seen, and are at most
  {LARGEST // 1_000_000} MB each.
- A CSV file has all its columns, in any order; text with a comma stands between double quotes.
- A blank cell, or a YAML field without a value, is absent.
- Several keys in one cell of a CSV file are separated by semicolons: `S014;S017`. In YAML they are
  a list: `[S014, S017]`.
- A YAML file is one document, a field in it stands once, and values are written out: aliases
  (`*name`) and tags (`!name`) are refused.
- A key is made of lower-case letters, digits and hyphens; a nation's key is its ISO 3166 alpha-3
  code. Keys of sources and places are free.
- An option's key is the name of its file.
- {_OPTIONAL} may be left out.

## Numbers

A number is written with what it counts, in one text. A range is a 90 % interval, lognormal when it
lies above zero and normal otherwise: the number lies below it in one case of twenty and above it in
another. With `best` it is a PERT range whose ends are limits. One bound is allowed, because that is
often all that is published, but nothing is drawn from it. *Absent* is not zero. An assumption may
choose between words instead, without a unit: `choice of record: 0.6, ambition: 0.4`.

"""

_MONEY = """\

Money bears its ISO 4217 code and its price year; `at current prices` is what was paid at the time.
Thousands may be grouped by spaces or commas. The units:

"""

_UNITS = """\

*People deployed* are present at one time, *pool people* are all who keep that presence up, and
*person-tours* count who passes through. They are three units, and adding two of them is refused.

What is refused, and what the program then says:

"""

_DATES = """\
## Dates

A date is written as precisely as it is known, year first. In YAML, quotes around it keep an editor
from taking it for something else.

"""

_DURATIONS = """\

## Durations

A length of time is written as ISO 8601 has it, in whole parts. `P12M` and `P1Y` are kept apart, and
a month is a calendar month, never 30 days.

"""

_STATEMENTS = f"""\

## What nobody has published

A row of an option holds a list of statements, each with its date and sources, or the words
`{NOT_STATED}`. They mean that nobody has published anything, and the pages print them as they are:
the program infers nothing, and neither should an author. A judgement of your own is a statement of
kind `judged`, needs no source, and is printed as yours. The rows of a promise, for example:

```yaml
{EXAMPLE_GUARANTEE}```

## As of a day

`--as-of 2025-08-22` shows the case as it could be known on that day.

- What is dated later is hidden everywhere.
- What is dated only by month or year is hidden before that time, shown after it, and inside it left
  out and listed, since nobody can say whether it was known. So is what somebody published at an
  unknown time. A judgement without a date is always shown.
- A source published later is dropped from the entries that cite it. One whose own date is too
  coarse to decide is kept only where no better one is. An entry that is left without any source is
  left out and listed; the figures of a nation or a place are then blank.
- An end that lies ahead is blank, and nothing refers to what is hidden.
- The record ends on the `as_of` of the case: a later day is refused, and so is an entry dated
  later.

## How problems look

`guarantor check` names every problem at once, one to a line: file and line, field, what is wrong,
what was found, what is allowed, and what to do. It exits with 0 when there is none, with 1 when the
case has problems and with 2 when the command itself makes no sense. The file

```
"""

_PROBLEMS = """\
```

gives

```
"""

_BEYOND = f"""\
```

Beyond single fields it checks that

- every key that is cited exists, each key stands once, and needs of capabilities do not run in a
  circle;
- a position, a membership, a place, a stated line, and every statement or gate that is not `judged`
  has a source;
- an offer has a rung, and a stance that promises nothing has none; `confirmed` and above needs a
  decision of government or parliament;
- what a correlation names is a quantity of the case, and in no other correlation; its strength is a
  ratio from 0 to below 1;
- no number is below zero, but for an assumption that is a ratio; strengths are counted in people
  deployed, soldiers that are offered in people deployed, units or nations, inhabitants and armies
  in people, and requirement lines in one of: {", ".join(UNITS_OF_LINES)};
- an option has a row for every kind of breach;
- nothing is dated after the last day of the record, and nothing ends before it begins.

## The fields

*May be blank* marks what can be left out, unless one of the rules above asks for it. The words of
each closed list are explained in the [glossary](glossary.md).
"""


def markdown() -> str:
    """Return the reference page."""
    return "".join(
        (
            _START,
            table(("file", "one entry is", "key"), _files()),
            _RULES,
            table(("you write", "the program reads"), _amounts()),
            _MONEY,
            f"{', '.join(f'`{unit}`' for unit in Unit)}.\n",
            _UNITS,
            *(f"- `{text}`: {_refusal(text)}\n" for text in WRONG_AMOUNTS),
            "\n",
            _DATES,
            table(("you write", "earliest day", "latest day"), _dates()),
            _DURATIONS,
            table(("you write", "the program reads"), _durations()),
            _STATEMENTS,
            WRONG_GATES,
            _PROBLEMS,
            *(f"{problem}\n" for problem in _problems_of_gates()),
            _BEYOND,
            *record_sections(),
        )
    )


def _files() -> Iterator[tuple[str, ...]]:
    yield f"`{ABOUT}`", "the case itself", "none"
    for found in TABLES.values():
        key = ", ".join(f"`{part}`" for part in found.key)
        yield f"`{found.file}`", summary(found.record), key
    yield f"`{OPTIONS}/*.yaml`", summary(Option), "`id`"


def _amounts() -> Iterator[tuple[str, ...]]:
    for text in AMOUNTS:
        yield f"`{text}`", parse_amount(text).words()


def _dates() -> Iterator[tuple[str, ...]]:
    for text in DATES:
        date = PartialDate.parse(text)
        known = date.precision != "undated"
        ends = (date.earliest, date.latest) if known else ("not known", "not known")
        yield f"`{text}`", *(str(end) for end in ends)


def _durations() -> Iterator[tuple[str, ...]]:
    for text in DURATIONS:
        yield f"`{text}`", Duration.parse(text).words()


def _refusal(text: str) -> str:
    try:
        parse_amount(text)
    except Problems as error:
        return " ".join(str(problem) for problem in error.problems)
    raise AssertionError(f"{text} is no example of what is refused")


def _problems_of_gates() -> Iterator[str]:
    problems = Collector()
    file = CaseFile(TABLES["gates"].file, WRONG_GATES)
    for tree in read_csv(file, Gate.model_fields, problems):
        build(Gate, tree, problems)
    return (str(problem) for problem in problems)


def main() -> None:
    """Print the reference page, in UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(markdown().encode())


if __name__ == "__main__":
    main()
