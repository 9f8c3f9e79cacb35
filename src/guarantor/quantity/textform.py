"""How values with a text form enter and leave pydantic models."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler


@dataclass(frozen=True, slots=True)
class TextForm:
    """Annotates a type that pydantic reads with `read` and writes as text with `write`.

    read turns an instance or anything it can be written as into an instance, and raises Problems.
    json_schema describes what `read` takes, for editors.
    """

    read: Callable[[Any], Any]
    write: Callable[[Any], str]
    json_schema: Mapping[str, Any] = field(hash=False)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Return the schema: `read` on the way in, `write` on the way out."""
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self.write, return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Return the JSON Schema that was given."""
        return dict(self.json_schema)
