"""Ranges, units, money, dates and durations: numbers that can be disputed, written as text."""

from guarantor.quantity.bounds import Absent, AtLeast, AtMost
from guarantor.quantity.dates import PartialDate, PartialDateField, Precision, Visibility
from guarantor.quantity.distributions import Choice, Exactly, Interval, Pert
from guarantor.quantity.durations import Duration, DurationField, add_months, months_between
from guarantor.quantity.format import format_number
from guarantor.quantity.quantity import Kind
from guarantor.quantity.shapes import Shape, ShapeField, parse_shape
from guarantor.quantity.units import Unit, UnitField, unit_named

__all__ = [
    "Absent",
    "AtLeast",
    "AtMost",
    "Choice",
    "Duration",
    "DurationField",
    "Exactly",
    "Interval",
    "Kind",
    "PartialDate",
    "PartialDateField",
    "Pert",
    "Precision",
    "Shape",
    "ShapeField",
    "Unit",
    "UnitField",
    "Visibility",
    "add_months",
    "format_number",
    "months_between",
    "parse_shape",
    "unit_named",
]
