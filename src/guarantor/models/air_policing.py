"""Air policing and no-fly zones: sorties, aircraft for a continuous patrol, and cost."""

from __future__ import annotations

from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from guarantor.models._docstring import card_from

if TYPE_CHECKING:
    from collections.abc import Sequence


def flight_time(distance_nmi: float, speed_kt: float, on_station_h: float) -> float:
    """Hours in the air for one sortie, out to the station and back.

    $ T_F = 2 R / v + t_s $

    Symbols:
        distance_nmi, $R$ [nmi]: base to station; from 0; valid from 0 to 1500
        speed_kt, $v$ [kt]: cruise speed; above 0; valid from 300 to 600
        on_station_h, $t_s$ [h]: time on station; from 0; valid from 0 to 8
    Outputs:
        flight_time_h, $T_F$ [h]: take-off to landing
    Validity: Straight out and back at one speed: no wind, climb or detour to a tanker. The ranges
        are our judgement for jet fighters with tankers.
    Traps:
        Longer times on station than the fuel aboard allows need tankers, which the equation does
            not count.
    Basis: published
    Source: Stillion and Orletsky 1999, Airbase Vulnerability, RAND MR-1028, appendix B, eq. B.3
        (without time on station), pp. 82-83; text copy at
        https://www.scribd.com/document/329517632.
    """
    return 2.0 * distance_nmi / speed_kt + on_station_h


def turnaround_sum(task_minutes: Sequence[float]) -> float:
    """Minutes on the ground that a sound aircraft needs between two sorties.

    $ T_A = sum_i t_i $

    Symbols:
        task_minutes, $t_i$ [min]: time of each task, one after another; from 0; valid throughout
    Outputs:
        total_minutes, $T_A$ [min]: all tasks
    Validity: Tasks done one after another, as the source says safety requires for rearming,
        refuelling and inspection. Its times are of US Air Force crews in exercises around 1990.
    Basis: published
    Source: Stillion and Orletsky 1999, Airbase Vulnerability, RAND MR-1028, appendix B, table B.1,
        p. 83; text copy at https://www.scribd.com/document/329517632.
    """
    return float(sum(task_minutes))


def maintenance_time(
    flight_time_h: float, maintenance_fixed_h: float, maintenance_per_flight_h: float
) -> float:
    """Hours of repair after an average sortie: a part for each sortie, a part for each hour flown.

    $ T_M = m_0 + m_1 T_F $

    Symbols:
        flight_time_h, $T_F$ [h]: hours flown; from 0; valid from 0.5 to 8
        maintenance_fixed_h, $m_0$ [h]: repair for each sortie; from 0; valid from 2 to 5
        maintenance_per_flight_h, $m_1$ [h per h]: repair for each hour flown; from 0;
            valid from 0.4 to 1
    Outputs:
        maintenance_h, $T_M$ [h]: average repair after one sortie
    Validity: F-15 and F-16 of the 1990s; the ranges are our judgement around the constants used.
    Unconfirmed: The constants 3.4 h and 0.68 h per hour are recalled: the equation is missing from
        the copy that was read. They close the cycle of 9.76 h that it prints, which supports them
        and does not prove them.
    Basis: published
    Source: Stillion and Orletsky 1999, Airbase Vulnerability, RAND MR-1028, appendix B, eq. B.4,
        p. 83 (not seen).
    """
    return maintenance_fixed_h + maintenance_per_flight_h * flight_time_h


def sortie_rate_rand(
    distance_nmi: float,
    speed_kt: float,
    turnaround_h: float,
    maintenance_fixed_h: float,
    maintenance_per_flight_h: float,
    window_h: float,
) -> tuple[float, float]:
    """Length of an aircraft's cycle and sorties it can fly in a day.

    $ T_C = T_F + T_A + m_0 + m_1 T_F, quad T_F = 2 R / v $
    $ S = H / T_C $

    Symbols:
        distance_nmi, $R$ [nmi]: base to target; from 0; valid from 100 to 1500
        speed_kt, $v$ [kt]: cruise speed; above 0; valid from 300 to 600
        turnaround_h, $T_A$ [h]: routine work between sorties; above 0; valid from 1 to 6
        maintenance_fixed_h, $m_0$ [h]: repair for each sortie; from 0; valid from 2 to 5
        maintenance_per_flight_h, $m_1$ [h per h]: repair for each hour flown; from 0;
            valid from 0.4 to 1
        window_h, $H$ [h]: hours of operation in a day; above 0; valid from 1 to 24
    Outputs:
        cycle_h, $T_C$ [h]: flight, turnaround and repair
        sorties_per_day, $S$ [1/day]: sorties of one aircraft
    Validity: US fighters of the 1990s; the source says that it comes within 10 % of the rates
        flown from Saudi bases in 1991. The ranges are our judgement.
    Traps:
        An upper rate with crews, spares and runways in plenty, for aircraft that are on strength;
            multiply by availability only if repair is not already in the cycle.
        The source prints the cycle, not the sorties a day that follow from it.
    Unconfirmed: The two maintenance constants of the source, 3.4 and 0.68, are recalled; they are
        inputs here.
    Basis: published
    Source: Stillion and Orletsky 1999, Airbase Vulnerability, RAND MR-1028, appendix B, eqs.
        B.1-B.5, pp. 81-84; text copy at https://www.scribd.com/document/329517632.
    """
    flown_h = flight_time(distance_nmi, speed_kt, 0.0)
    repair_h = maintenance_time(flown_h, maintenance_fixed_h, maintenance_per_flight_h)
    cycle_h = flown_h + turnaround_h + repair_h
    return cycle_h, window_h / cycle_h


def continuous_patrol(
    stations: float,
    aircraft_per_station: float,
    on_station_h: float,
    flight_time_h: float,
    turnaround_h: float,
    maintenance_h: float,
    availability: float,
) -> tuple[float, float, float, float, float]:
    """Aircraft, sorties and flying hours that keep patrol stations manned day and night.

    $ phi = t_s / (T_F + T_A + T_M) $
    $ n = ceil(x), quad x = K a / (phi A) $
    $ S = 24 K a / t_s, quad f = S T_F $

    Symbols:
        stations, $K$ [stations]: manned without a break; above 0; valid throughout
        aircraft_per_station, $a$ [aircraft]: on each station; above 0; valid from 1 to 4
        on_station_h, $t_s$ [h]: time on station in one sortie; above 0; valid from 0.5 to 8
        flight_time_h, $T_F$ [h]: take-off to landing, time on station included;
            from on_station_h; valid from 0.5 to 12
        turnaround_h, $T_A$ [h]: routine work between sorties; from 0; valid from 1 to 6
        maintenance_h, $T_M$ [h]: average repair after a sortie; from 0; valid from 2 to 12
        availability, $A$ [fraction]: share of the aircraft held that takes part in the cycle;
            above 0 to 1; valid from 0.4 to 1
    Outputs:
        share_on_station, $phi$ [fraction]: share of the cycle spent on station
        aircraft_unrounded, $x$ [aircraft]: need before rounding
        aircraft, $n$ [aircraft]: whole aircraft to hold
        sorties_per_day, $S$ [1/day]: sorties of the whole force
        flying_hours_per_day, $f$ [h/day]: hours flown by the whole force
    Validity: Our composition of the published sortie model in the steady state, in uncontested
        air, with perfect hand-over on station. No published worked table was found to test it;
        the ranges are our judgement.
    Traps:
        Tankers, crews and losses are not counted.
        Repair is in the cycle already, so availability is for aircraft in depot or otherwise away.
    Unconfirmed: Nothing published reproduces this composition.
    Basis: ours
    Source: Our derivation from Stillion and Orletsky 1999, Airbase Vulnerability, RAND MR-1028,
        appendix B.
    """
    share = on_station_h / (flight_time_h + turnaround_h + maintenance_h)
    exact = stations * aircraft_per_station / (share * availability)
    sorties = 24.0 * stations * aircraft_per_station / on_station_h
    # A need of exactly eight must not become nine through the last digit of a quotient.
    whole = float(ceil(exact * (1.0 - 1.0e-12)))
    return share, exact, whole, sorties, sorties * flight_time_h


def rpa_cap(caps: float, aircraft_per_cap: float) -> float:
    """Remotely piloted aircraft that keep a number of orbits manned.

    $ n = K a $

    Symbols:
        caps, $K$ [orbits]: manned without a break; from 0; valid throughout
        aircraft_per_cap, $a$ [aircraft]: held for each orbit; from 1; valid from 3 to 4
    Outputs:
        aircraft, $n$ [aircraft]: aircraft to hold
    Validity: A planning factor of three to four aircraft for each orbit.
    Unconfirmed: The factor comes from a secondary page.
    Basis: published
    Source: hazema blog on the US Air Force's remotely piloted patrols (secondary).
    """
    return caps * aircraft_per_cap


def historical_sortie_rate(start: str, end: str, sorties: float) -> float:
    """Sorties flown in a day, on average over an operation of record.

    $ r = S / (D_1 - D_0) $

    Symbols:
        start, $D_0$ [date]: first day
        end, $D_1$ [date]: last day; above start
        sorties, $S$ [sorties]: flown in all; from 0; valid throughout
    Outputs:
        sorties_per_day, $r$ [1/day]: average
    Labels:
        operation: its name
    Validity: An average over the days elapsed from the first date to the last.
    Traps:
        Counting both end days as whole days gives a rate a little lower.
        A long average hides the surges that size a force.
    Basis: published
    Source: Deny Flight, 12 April 1993 to 20 December 1995: dates at
        https://planken.org/balkans/unprofor/operation-deny-flight, 100 420 sorties as commonly
        restated (secondary).
    """
    return sorties / (date.fromisoformat(end) - date.fromisoformat(start)).days


def nfz_total_cost(initial_busd: float, weekly_busd: float, weeks: float) -> float:
    """Cost of setting up a no-fly zone and keeping it for a number of weeks.

    $ C = F + w T $

    Symbols:
        initial_busd, $F$ [billion USD]: one-time cost; from 0; valid throughout
        weekly_busd, $w$ [billion USD/week]: cost of keeping it up; from 0; valid throughout
        weeks, $T$ [weeks]: time kept up; from 0; valid from 0 to 52
    Outputs:
        total_busd, $C$ [billion USD]: over the whole time
    Validity: A constant pace; the source looks at half a year and the range is our judgement.
    Traps:
        A low total pairs the low one-time with the low weekly cost: a corner, not a quantile.
        The one-time cost is of strikes on air defences, which an agreed zone does not need.
    Unconfirmed: The study itself was not read; totals come from press reports.
    Basis: published
    Source: Harrison and Cooper 2011, Selected Options and Costs for a No-Fly Zone over Libya, CSBA,
        as reported by US News and The Atlantic, March 2011 (secondary).
    """
    return initial_busd + weekly_busd * weeks


CARDS = (
    card_from(flight_time),
    card_from(turnaround_sum),
    card_from(maintenance_time),
    card_from(sortie_rate_rand),
    card_from(continuous_patrol),
    card_from(rpa_cap),
    card_from(historical_sortie_rate),
    card_from(nfz_total_cost),
)
