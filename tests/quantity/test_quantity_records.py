"""A number someone could dispute, and the field types that pydantic models use."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, ValidationError
from shape_strategies import countable, shapes, word_choices

from guarantor.problems import Problems
from guarantor.quantity import (
    UNDATED,
    Absent,
    Amount,
    AmountField,
    Currency,
    Duration,
    DurationField,
    Exactly,
    Interval,
    Kind,
    MeasureField,
    Money,
    MoneyField,
    PartialDate,
    PartialDateField,
    Prices,
    Quantity,
    ShapeField,
    Unit,
    UnitField,
)

MEASURES = st.sampled_from(list(Unit)) | st.builds(
    Prices, st.sampled_from(Currency), st.integers(1900, 2100) | st.just("current")
)


class Everything(BaseModel):
    model_config = ConfigDict(frozen=True)

    shape: ShapeField
    amount: AmountField | None = None
    money: MoneyField | None = None
    unit: UnitField = Unit.UNITS
    measure: MeasureField = Unit.UNITS
    on: PartialDateField = UNDATED
    lasts: DurationField | None = None


FULL = {
    "shape": "3000 to 5000",
    "amount": "200 people deployed",
    "money": "EUR 1.2 billion at 2024 prices",
    "unit": "aircraft",
    "measure": "EUR at 2024 prices",
    "on": "2025-08",
    "lasts": "P6M",
}


def problems_in(error):
    return [p for e in error.value.errors() for p in e["ctx"]["error"].problems]


def test_fields_are_read_from_text_and_written_as_text():
    read = Everything.model_validate(FULL)
    assert read.shape == Interval(3000, 5000)
    assert read.amount == Amount(Exactly(200), Unit.PEOPLE_DEPLOYED)
    assert read.money == Money(Exactly(1_200_000_000), Currency.EUR, 2024)
    assert read.on == PartialDate(2025, 8)
    assert read.lasts == Duration("P6M")
    assert read.model_dump() == read.model_dump(mode="json") == FULL
    assert Everything.model_validate_json(read.model_dump_json()) == read


def test_fields_take_what_a_yaml_reader_gives():
    read = Everything(shape={"low": 1, "best": 2, "high": 3}, on=date(2025, 8, 22))
    assert read.model_dump(exclude_defaults=True) == {"shape": "1 to 3, best 2", "on": "2025-08-22"}
    assert Everything(shape=3000, on=2025).model_dump(exclude_defaults=True) == {
        "shape": "3000",
        "on": "2025",
    }


def test_fields_take_the_values_themselves():
    read = Everything.model_validate(FULL)
    assert Everything(**{name: getattr(read, name) for name in FULL}) == read


def test_problems_pass_through_pydantic_field_by_field():
    with pytest.raises(ValidationError) as caught:
        Everything.model_validate(
            FULL | {"shape": "ten", "unit": "peple", "on": "2025-02-30", "lasts": "6 months"}
        )
    errors = {e["loc"][0]: e["ctx"]["error"] for e in caught.value.errors()}
    assert set(errors) == {"shape", "unit", "on", "lasts"}
    assert all(isinstance(error, Problems) for error in errors.values())


@pytest.mark.parametrize("mode", ["validation", "serialization"])
def test_the_json_schema_takes_what_the_fields_take_and_write(mode):
    schema = Everything.model_json_schema(mode=mode)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(FULL, schema)
    for bad in ({"shape": []}, {"on": "August"}, {"lasts": "6 months"}, {"money": "5 EUR"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(FULL | bad, schema)


@given(shapes)
def test_the_json_schema_takes_the_text_of_every_shape(shape):
    jsonschema.validate({"shape": shape.text()}, Everything.model_json_schema())


@given(countable, MEASURES, st.sampled_from([Kind.DERIVED, Kind.JUDGED, Kind.REPORTED]))
def test_a_quantity_survives_json(shape, measure, kind):
    quantity = Quantity(shape=shape, unit=measure, kind=kind, sources=("S001",), as_of="2025-08")
    assert Quantity.model_validate_json(quantity.model_dump_json()) == quantity
    assert quantity.amount.measure == measure
    assert quantity.amount.shape == shape


def test_a_quantity_can_be_made_of_an_amount_or_its_text():
    by_text = Quantity.of("3000 to 5000 people deployed", kind=Kind.JUDGED, as_of="2025-08-22")
    by_value = Quantity.of(by_text.amount, kind=Kind.JUDGED, as_of=PartialDate(2025, 8, 22))
    assert by_text == by_value
    assert by_text.unit is Unit.PEOPLE_DEPLOYED
    money = Quantity.of("EUR 5 million at 2024 prices", kind=Kind.DERIVED)
    assert money.unit == Prices(Currency.EUR, 2024)
    assert money.amount == Money(Exactly(5_000_000), Currency.EUR, 2024)


def test_a_quantity_cannot_be_changed_or_given_unknown_parts():
    quantity = Quantity.of("200 people", kind=Kind.JUDGED)
    with pytest.raises(ValidationError, match="frozen"):
        quantity.kind = Kind.REPORTED
    with pytest.raises(ValidationError, match="Extra inputs"):
        Quantity(shape=1, unit="people", kind=Kind.JUDGED, weight=1)


@pytest.mark.parametrize("sources", [(), ("",), (" ",)])
def test_a_reported_number_needs_a_source(sources):
    with pytest.raises(ValidationError, match="source"):
        Quantity.of("200 people", kind=Kind.REPORTED, sources=sources)
    assert Quantity.of("200 people", kind=Kind.REPORTED, sources=("S001",)).sources == ("S001",)


def test_a_judged_number_needs_no_source():
    assert Quantity.of("200 people", kind=Kind.JUDGED).sources == ()


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("number", ["absent", "0"])
def test_a_number_is_absent_exactly_when_its_kind_says_so(number, kind):
    def make():
        return Quantity.of(f"{number} people", kind=kind, sources=("S001",))

    if (number == "absent") == (kind is Kind.ABSENT):
        assert make().kind is kind
    else:
        with pytest.raises(ValidationError, match="disagree about whether it is known"):
            make()


def test_a_number_needs_a_unit_and_a_choice_between_words_has_none():
    with pytest.raises(ValidationError, match="this number has no unit"):
        Quantity(shape=3000, kind=Kind.JUDGED)
    with pytest.raises(ValidationError, match="a choice between words has no unit"):
        Quantity(shape="choice of a: 0.5, b: 0.5", unit="people", kind=Kind.JUDGED)


@given(word_choices)
def test_a_choice_between_words_is_a_quantity_without_an_amount(choice):
    assert Quantity(shape=choice, kind=Kind.JUDGED).amount is None


def test_all_that_is_wrong_with_a_quantity_is_named_at_once():
    with pytest.raises(ValidationError) as caught:
        Quantity(shape=Absent(), kind=Kind.REPORTED)
    assert len(problems_in(caught)) == 3


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (
            Quantity.of("3000 to 5000 people deployed", kind=Kind.JUDGED, as_of="2025-08"),
            "90 % between 3 000 and 5 000 people deployed, median 3 900 (judged, as of 2025-08)",
        ),
        (
            Quantity.of("EUR 5 million at 2024 prices", kind=Kind.REPORTED, sources=("S001",)),
            "EUR 5 million at 2024 prices (reported)",
        ),
        (
            Quantity.of("1 system", kind=Kind.DERIVED, as_of=UNDATED),
            "1 system (derived, undated)",
        ),
        (Quantity.of("absent units", kind=Kind.ABSENT), "absent (units)"),
        (
            Quantity(shape="choice of a: 0.5, b: 0.5", kind=Kind.JUDGED),
            "one of a (weight 0.5), b (weight 0.5) (judged)",
        ),
    ],
)
def test_a_quantity_in_words(quantity, words):
    assert quantity.words() == words


def test_importing_the_package_brings_in_neither_numpy_nor_scipy():
    code = "import sys, guarantor.quantity; print({'numpy', 'scipy'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
