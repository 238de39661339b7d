"""Runs the rules of the package on the people that the Rust program wrote, and writes the answers beside them.

usage: race.py FOLDER RULE…    RULE: voluntary_si, household_hi, pension
FOLDER holds columns of numbers (little-endian) and meta.json; see benches/src/bin/policy.rs. One line of JSON per rule.
"""

import gc
import json
import os
import statistics
import sys
import time
from pathlib import Path

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy
from openfisca_core.simulation_builder import SimulationBuilder

from openfisca_ra_quan import CountryTaxBenefitSystem
from openfisca_ra_quan.variables.household_hi import HiForm

SYSTEM = CountryTaxBenefitSystem()
FOLDER = Path(sys.argv[1])
META = json.loads((FOLDER / "meta.json").read_text())


def column(name, dtype):
    return numpy.fromfile(FOLDER / f"{name}.in", dtype=dtype)


def persons(count):
    """A simulation of people without households, which these rules do not ask for."""
    builder = SimulationBuilder()
    builder.create_entities(SYSTEM)
    builder.declare_person_entity("person", range(count))
    return builder.build(SYSTEM)


def voluntary_si():
    income = column("si_income", "<i8").astype(numpy.int32)
    months = column("si_months", "u1").astype(numpy.int32)
    had = column("si_supported_months", "<u4").astype(numpy.int32)
    bits = column("si_categories", "u1")
    categories = ["is_poor", "is_on_island", "is_near_poor", "is_ethnic_minority"]
    flags = {name: (bits >> at) & 1 == 1 for at, name in enumerate(categories)}

    def build():
        simulation = persons(len(income))
        simulation.set_input("si_income", META["month"], income)
        simulation.set_input("si_months", META["month"], months)
        simulation.set_input("si_supported_months", META["month"], had)
        for name, values in flags.items():
            simulation.set_input(name, META["month"], values)
        return simulation

    return len(income), build, ["si_contribution", "si_support", "si_payer"]


def household_hi():
    sizes = column("hi_sizes", "u1").astype(numpy.int64)
    forms = column("hi_forms", "u1")
    names = numpy.array(META["hi_forms"])
    encoded = HiForm.encode(names[forms])
    count, households = len(forms), len(sizes)
    of_person = numpy.repeat(numpy.arange(households), sizes)

    def build():
        builder = SimulationBuilder()
        builder.create_entities(SYSTEM)
        builder.declare_person_entity("person", range(count))
        entity = builder.declare_entity("household", range(households))
        builder.join_with_persons(entity, of_person, numpy.full(count, "member"))
        simulation = builder.build(SYSTEM)
        simulation.set_input("hi_form", META["month"], encoded)
        simulation.set_input("hi_months", META["month"], numpy.full(households, META["hi_months"], dtype=numpy.int32))
        return simulation

    return count, build, ["household_hi_payer", "household_hi_state"]


def pension():
    woman = column("pension_is_woman", "u1") == 1
    count = len(woman)
    incomes = column("pension_incomes", "<i4").reshape(-1, count)
    first = META["pension_first_month"]
    months = [f"{(first + at) // 12}-{(first + at) % 12 + 1:02}" for at in range(len(incomes))]

    def build():
        simulation = persons(count)
        simulation.set_input("is_woman", "ETERNITY", woman)
        simulation.set_input("pension_first_year", "ETERNITY", numpy.full(count, first // 12, dtype=numpy.int32))
        for month, income in zip(months, incomes):
            simulation.set_input("pension_income", month, income)
        return simulation

    return count, build, ["pension_average", "pension"]


def race(rule):
    count, build, variables = {"voluntary_si": voluntary_si, "household_hi": household_hi, "pension": pension}[rule]()
    built, calculated, processor = [], [], []
    for _ in range(META["runs"]):
        gc.collect()
        start, start_cpu = time.perf_counter(), time.process_time()
        simulation = build()
        middle, middle_cpu = time.perf_counter(), time.process_time()
        answers = {name: simulation.calculate(name, META["month"]) for name in variables}
        end, end_cpu = time.perf_counter(), time.process_time()
        built.append(middle - start)
        calculated.append(end - middle)
        processor.append((middle_cpu - start_cpu, end_cpu - middle_cpu))
    for name, values in answers.items():
        numpy.asarray(values).astype("<i8").tofile(FOLDER / f"{name}.out")
    print(
        json.dumps(
            {
                "rule": rule,
                "people": count,
                "build_s": statistics.median(built),
                "calculate_s": statistics.median(calculated),
                "calculate_min_s": min(calculated),
                "calculate_max_s": max(calculated),
                "build_processor_s": statistics.median(cpu for cpu, _ in processor),
                "calculate_processor_s": statistics.median(cpu for _, cpu in processor),
                "runs": META["runs"],
            }
        ),
        flush=True,
    )


for rule in sys.argv[2:]:
    race(rule)
