"""A file that is written piece by piece is one that other people's readers and writers know."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from scipy.io import netcdf_file

from guarantor.simulate.netcdf import Netcdf, Variable, characters

DIMS = {"who": 2, "letters": 6, "month": 3, "odd": 7}
ATTRIBUTES = {"title": "façade", "seed": 7, "share": 0.25}
WHO = ("ab", "défgh")
VARIABLES = [
    Variable("who", ("who", "letters"), "S1", {"_Encoding": "utf-8"}),
    Variable("counts", ("who", "month"), "i4", {"units": "futures"}),
    Variable("small", ("who", "odd"), "i2", {"units": "months"}),
    Variable("padded", ("odd",), "i2", {}),
    Variable("part", ("odd",), "f4", {}),
    Variable("sums", ("who", "month", "odd"), "f8", {"units": "units", "best": 1}),
]


@pytest.fixture
def values():
    random = np.random.default_rng(1)
    found = {
        each.name: (random.random([DIMS[dim] for dim in each.dims]) * 100).astype(each.type)
        for each in VARIABLES
        if each.type != "S1"
    }
    return found | {"who": characters(WHO)}


@pytest.fixture
def path(tmp_path, values):
    drawn = Netcdf(DIMS, ATTRIBUTES, VARIABLES)
    path = tmp_path / "ours.nc"
    with path.open("wb") as file:
        drawn.begin(file)
        for name, whole in values.items():
            for first in (2, 0):  # pieces may come in any order
                piece = whole[..., first : 2 if first == 0 else None]
                drawn.put(file, name, piece, first)
    assert path.stat().st_size == drawn.size
    return path


def test_xarray_reads_back_what_was_written(path, values):
    with xr.open_dataset(path, engine="scipy") as found:
        assert found.attrs == ATTRIBUTES
        assert tuple(found["who"].values) == WHO
        for each in VARIABLES[1:]:
            assert found[each.name].dtype == each.type
            assert found[each.name].dims == each.dims
            assert found[each.name].attrs == each.attributes
            np.testing.assert_array_equal(found[each.name], values[each.name])


def test_scipy_writes_the_same_bytes(values, tmp_path):
    # but for the room after a variable of odd length, which it fills with another number
    listed = {each.name: each for each in VARIABLES if each.name != "padded"}
    other, ours = tmp_path / "other.nc", tmp_path / "ours.nc"
    with netcdf_file(other, "w", version=2) as file:
        for name, value in ATTRIBUTES.items():
            plain = np.float64(value) if isinstance(value, float) else value
            setattr(file, name, plain.encode() if isinstance(plain, str) else plain)
        for name, length in DIMS.items():
            file.createDimension(name, length)
        for each in listed.values():
            made = file.createVariable(each.name, np.dtype(each.type), each.dims)
            for name, value in each.attributes.items():
                setattr(made, name, value)
            made[:] = values[each.name]
    with netcdf_file(other, "r", mmap=False) as file:
        order = list(file.variables)  # it sorts them by shape
    drawn = Netcdf(DIMS, ATTRIBUTES, [listed[name] for name in order])
    with ours.open("wb") as file:
        drawn.begin(file)
        for name in order:
            drawn.put(file, name, values[name])
    assert ours.read_bytes() == other.read_bytes()


def test_labels_are_padded_to_the_longest_in_bytes():
    assert characters(("a", "é")).tolist() == [[b"a", b""], [b"\xc3", b"\xa9"]]
    assert characters(("",)).shape == (1, 1)
