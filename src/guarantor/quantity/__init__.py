"""Ranges, units, money, dates and durations: numbers that can be disputed, written as text."""

from guarantor.quantity.amount import Amount, Bounds, Measure, bounds_sum
from guarantor.quantity.choice import Choice
from guarantor.quantity.dates import (
    UNDATED,
    PartialDate,
    PartialDateField,
    Precision,
    Visibility,
)
from guarantor.quantity.distributions import Exactly, Interval, Pert
from guarantor.quantity.durations import Duration, DurationField, add_months, months_between
from guarantor.quantity.format import format_number
from guarantor.quantity.incomplete import Absent, AtLeast, AtMost
from guarantor.quantity.measured import AmountField, MeasureField, parse_amount, parse_measure
from guarantor.quantity.money import Money, MoneyField
from guarantor.quantity.prices import Currency, Deflator, Prices, PriceYear
from guarantor.quantity.quantity import Kind, Quantity
from guarantor.quantity.shapes import Shape, ShapeField, parse_shape
from guarantor.quantity.units import Unit, UnitField, unit_named

__all__ = [
    "UNDATED",
    "Absent",
    "Amount",
    "AmountField",
    "AtLeast",
    "AtMost",
    "Bounds",
    "Choice",
    "Currency",
    "Deflator",
    "Duration",
    "DurationField",
    "Exactly",
    "Interval",
    "Kind",
    "Measure",
    "MeasureField",
    "Money",
    "MoneyField",
    "PartialDate",
    "PartialDateField",
    "Pert",
    "Precision",
    "PriceYear",
    "Prices",
    "Quantity",
    "Shape",
    "ShapeField",
    "Unit",
    "UnitField",
    "Visibility",
    "add_months",
    "bounds_sum",
    "format_number",
    "months_between",
    "parse_amount",
    "parse_measure",
    "parse_shape",
    "unit_named",
]
