"""JSON Schemas of the case files, made from the records, for editors that complete and check."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from guarantor.case.read import TABLES
from guarantor.case.records import About
from guarantor.case.statements import Option

if TYPE_CHECKING:
    from guarantor.case.record import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, bytes]:
    """Return one schema per kind of file, by file name.

    A YAML file has the schema of the whole file, a CSV file that of one row.
    """
    schemas = {"case.schema.json": _schema(About), "option.schema.json": _schema(Option)}
    for collection, table in TABLES.items():
        schema = _schema(table.record)
        if table.file.endswith(".yaml"):
            definitions = schema.pop("$defs", {})
            definitions[table.record.__name__] = {
                key: value for key, value in schema.items() if key != "$schema"
            }
            schema = {
                "$schema": DIALECT,
                "type": "object",
                "properties": {
                    collection: {
                        "type": "array",
                        "items": {"$ref": f"#/$defs/{table.record.__name__}"},
                    }
                },
                "required": [collection],
                "additionalProperties": False,
                "$defs": definitions,
            }
        schemas[f"{collection}.schema.json"] = schema
    return {
        name: (json.dumps(schema, indent=1, ensure_ascii=False) + "\n").encode()
        for name, schema in schemas.items()
    }


def _schema(record: type[Record]) -> dict[str, Any]:
    return {"$schema": DIALECT, **record.model_json_schema(mode="validation")}
