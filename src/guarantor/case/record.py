"""What every record of a case has in common, and the kinds of field that records share."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from guarantor.problems import Problems

NOT_STATED = "not stated"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
NationCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


def split(value: object) -> object:
    """Read `S001;U002` as two source ids, the best first."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


Sources = Annotated[tuple[Words, ...], BeforeValidator(split)]


class _Said:
    """Reads a list of statements, or the words `not stated`, which become None."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = handler(schema)
        lists = [part for part in found.get("anyOf", ()) if part.get("type") == "array"]
        return {"anyOf": [*({**part, "minItems": 1} for part in lists), {"const": NOT_STATED}]}

    @staticmethod
    def _read(value: object) -> object:
        if value == NOT_STATED:
            return None
        if isinstance(value, list) and value:
            return value
        raise Problems.one(
            "neither a list of statements nor the words 'not stated'",
            found=repr(value),
            allowed=f"a list with at least one statement, or {NOT_STATED}",
            remedy=f"Write {NOT_STATED} where nobody has published anything.",
        )


T = TypeVar("T")
Said = Annotated[tuple[T, ...] | None, _Said()]


class Record(BaseModel):
    """A frozen part of a case; an unknown field is a problem, not a guess."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    DATED: ClassVar[str | None] = None
    """The field that says from when the record can be known."""

    COARSE_DATES_COUNT: ClassVar[bool] = False
    """Whether a view inside the month or year shows it: a count of what exists, not a statement."""
