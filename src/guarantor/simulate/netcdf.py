"""Writes a netCDF file piece by piece, so that it may be larger than memory; same bytes each time.

The classic format with 64-bit offsets, which every reader of netCDF knows: a header, then each
variable whole, big-endian. Unidata, "NetCDF Classic Format Specification" (CDF-2).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import BinaryIO

    from numpy.typing import NDArray

MOST_BYTES = 2**32 - 4
"""Bytes that one variable of this format may hold."""

CHARACTER, FLOAT, WHOLE = "S1", "f8", "i4"
TYPES = {CHARACTER: 2, "i2": 3, WHOLE: 4, "f4": 5, FLOAT: 6}
"""The number that the format gives to each type."""

_DIMENSIONS, _VARIABLES, _ATTRIBUTES = 10, 11, 12


class Variable(NamedTuple):
    """One variable: names of its dimensions, slowest first, and a type that TYPES knows."""

    name: str
    dims: tuple[str, ...]
    type: str
    attributes: Mapping[str, str | int | float]


class Netcdf:
    """A file of fixed dimensions and variables, to be filled in any order.

    Nothing is written before `begin`; what is never put is zero.
    """

    def __init__(
        self,
        dims: Mapping[str, int],
        attributes: Mapping[str, str | int | float],
        variables: Sequence[Variable],
    ) -> None:
        self._dims = dict(dims)
        self._attributes = dict(attributes)
        self._variables = {each.name: each for each in variables}
        self._begins = dict.fromkeys(self._variables, 0)
        place = len(self._header())
        for name in self._variables:
            self._begins[name] = place
            place += _padded(self.bytes_of(name))
        self.size = place
        """Bytes of the whole file."""

    def bytes_of(self, name: str) -> int:
        """Return the bytes of the values of a variable."""
        each = self._variables[name]
        return int(np.prod(self.shape(name), dtype=np.int64)) * np.dtype(each.type).itemsize

    def shape(self, name: str) -> tuple[int, ...]:
        """Return the length of each dimension of a variable."""
        return tuple(self._dims[dim] for dim in self._variables[name].dims)

    def begin(self, file: BinaryIO) -> None:
        """Write the header and make the file as long as it will be."""
        file.write(self._header())
        file.truncate(self.size)

    def put(self, file: BinaryIO, name: str, values: NDArray[np.generic], first: int = 0) -> None:
        """Write values of a variable: whole, but for the last dimension, which begins at first."""
        shape = self.shape(name)
        wanted = np.dtype(self._variables[name].type).newbyteorder(">")
        data = np.asarray(values).astype(wanted).reshape(-1, values.shape[-1])
        last = shape[-1]
        for row in range(data.shape[0]):
            file.seek(self._begins[name] + (row * last + first) * wanted.itemsize)
            file.write(data[row].tobytes())

    def _header(self) -> bytes:
        places = {name: number for number, name in enumerate(self._dims)}
        dims = [_name(name) + _whole(length) for name, length in self._dims.items()]
        variables = [
            _name(each.name)
            + _whole(len(each.dims), *(places[dim] for dim in each.dims))
            + _attributes(each.attributes)
            + _whole(TYPES[each.type], min(_padded(self.bytes_of(each.name)), 2**32 - 1))
            + struct.pack(">q", self._begins[each.name])
            for each in self._variables.values()
        ]
        return b"".join(
            [
                b"CDF\x02",
                _whole(0),
                _listed(_DIMENSIONS, dims),
                _attributes(self._attributes),
                _listed(_VARIABLES, variables),
            ]
        )


def characters(labels: Sequence[str]) -> NDArray[np.bytes_]:
    """Return labels as rows of single characters in UTF-8, as the format holds text."""
    encoded = [label.encode() for label in labels]
    width = max(map(len, encoded), default=1) or 1
    rows = np.array([each.ljust(width, b"\0") for each in encoded], f"S{width}")
    return np.frombuffer(rows.tobytes(), "S1").reshape(len(labels), width)


def _listed(tag: int, items: Sequence[bytes]) -> bytes:
    return _whole(tag, len(items)) + b"".join(items) if items else _whole(0, 0)


def _attributes(attributes: Mapping[str, str | int | float]) -> bytes:
    return _listed(_ATTRIBUTES, [_name(key) + _value(each) for key, each in attributes.items()])


def _value(value: str | int | float) -> bytes:
    match value:
        case str():
            return _whole(TYPES[CHARACTER]) + _name(value)
        case int() if abs(value) < 2**31:
            return _whole(TYPES[WHOLE], 1) + struct.pack(">i", value)
        case _:
            return _whole(TYPES[FLOAT], 1) + struct.pack(">d", value)


def _name(text: str) -> bytes:
    data = text.encode()
    return _whole(len(data)) + data.ljust(_padded(len(data)), b"\0")


def _whole(*numbers: int) -> bytes:
    return struct.pack(f">{len(numbers)}I", *numbers)


def _padded(size: int) -> int:
    return -(-size // 4) * 4
