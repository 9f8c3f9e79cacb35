"""The JSON Schemas take every file of the lead case and refuse what the reader refuses."""

from __future__ import annotations

import copy
import csv
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from planting import LEAD
from ruamel.yaml import YAML

from guarantor.case.read import TABLES
from guarantor.case.schemas import json_schemas

if TYPE_CHECKING:
    from collections.abc import Callable

SCHEMAS: dict[str, dict[str, Any]] = {n: json.loads(data) for n, data in json_schemas().items()}


def yaml_file(name: str) -> Any:
    return YAML(typ="safe", pure=True).load((LEAD / name).read_text(encoding="utf-8"))


def csv_rows(name: str, schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the rows as the schema of a row means them.

    A CSV file holds nothing but text, so a blank cell is no field, a cell whose schema is a number
    or a truth value is one, and a cell whose schema is a list holds its entries between semicolons.
    """
    with (LEAD / name).open(encoding="utf-8", newline="") as file:
        return [
            {key: _meant(cell, schema["properties"][key]) for key, cell in row.items() if cell}
            for row in csv.DictReader(file)
        ]


def _meant(cell: str, schema: dict[str, Any]) -> Any:
    match schema.get("type"):
        case "number" | "integer":
            return float(cell)
        case "boolean":
            return {"true": True, "false": False}[cell]
        case "array":
            return cell.split(";")
        case _:
            return cell


def held() -> dict[str, tuple[str, list[Any]]]:
    """Return the schema and the values of every file of the lead case."""
    found = {"case.yaml": ("case.schema.json", [yaml_file("case.yaml")])}
    for path in sorted((LEAD / "options").glob("*.yaml")):
        name = f"options/{path.name}"
        found[name] = ("option.schema.json", [yaml_file(name)])
    for collection, table in TABLES.items():
        name = f"{collection}.schema.json"
        values = (
            [yaml_file(table.file)]
            if table.file.endswith(".yaml")
            else csv_rows(table.file, SCHEMAS[name])
        )
        found[table.file] = (name, values)
    return found


HELD = held()


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_schema_is_a_schema(name: str):
    Draft202012Validator.check_schema(SCHEMAS[name])
    assert SCHEMAS[name]["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_every_file_of_a_case_has_its_schema():
    assert {schema for schema, _ in HELD.values()} == set(SCHEMAS)


@pytest.mark.parametrize("file", sorted(HELD))
def test_every_file_of_the_lead_case_is_valid(file: str):
    schema, values = HELD[file]
    validator = Draft202012Validator(SCHEMAS[schema])
    assert values
    assert [error.message for value in values for error in validator.iter_errors(value)] == []


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_every_field_is_explained(name: str):
    schema = SCHEMAS[name]
    for record in (schema, *schema.get("$defs", {}).values()):
        for field, described in record.get("properties", {}).items():
            if "$defs" not in schema or field not in TABLES:
                explained = described.get("description") or "$ref" in described
                assert explained, (name, record.get("title"), field)


def change(path: str, value: Any) -> Callable[[Any], None]:
    """Return a function that puts a value at a path; DELETE takes the field away."""

    def put(holder: Any) -> None:
        *steps, last = (int(s) if s.isdigit() else s for s in path.split("."))
        for step in steps:
            holder = holder[step]
        if value is DELETE:
            del holder[last]
        else:
            holder[last] = value

    return put


DELETE = object()
BROKEN = [
    ("case.yaml", "horizon", "ten years"),
    ("case.yaml", "horizon", DELETE),
    ("case.yaml", "host", "Ukraine"),
    ("case.yaml", "colour", "blue"),
    ("case.yaml", "as_of", "22.08.2025"),
    ("case.yaml", "risks.0.kind", "rumoured"),
    ("case.yaml", "authors", "one"),
    ("deals.yaml", "deals.0.consent", "maybe"),
    ("deals.yaml", "deals.0.ceasefire", "perhaps"),
    ("deals.yaml", "deals.0.title", ""),
    ("deals.yaml", "other", []),
    ("groups.yaml", "groups.0.id", "EU 27"),
    ("groups.yaml", "groups.0.complete", DELETE),
    ("capabilities.yaml", "capabilities", "none"),
    ("options/status-quo.yaml", "strength", "unknown"),
    ("options/status-quo.yaml", "strength", []),
    ("options/status-quo.yaml", "order", "first"),
    ("options/status-quo.yaml", "guarantee.trigger", DELETE),
    ("options/status-quo.yaml", "guarantee.breach.total", "not stated"),
    ("options/status-quo.yaml", "purpose.0.colour", "blue"),
    ("options/status-quo.yaml", "states.0.state", "dreamt"),
    ("positions.csv", "topic", "weather"),
    ("positions.csv", "actor", DELETE),
    ("positions.csv", "date", "2025-8-2"),
    ("nations.csv", "id", "France"),
    ("theatre/places.csv", "latitude", 91.0),
    ("gates.csv", "rule", "sometimes"),
]


@pytest.mark.parametrize(("file", "path", "value"), BROKEN)
def test_a_broken_file_is_not_valid(file: str, path: str, value: Any):
    schema, values = HELD[file]
    broken = copy.deepcopy(values[0])
    change(path, value)(broken)
    assert not Draft202012Validator(SCHEMAS[schema]).is_valid(broken)
