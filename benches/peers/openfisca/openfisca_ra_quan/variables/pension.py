"""The pension: average of the adjusted incomes, without the part of a đồng, times the rate."""

import numpy
from openfisca_core.periods import ETERNITY, MONTH
from openfisca_core.variables import Variable

from openfisca_ra_quan.entities import Person
from openfisca_ra_quan.rounding import share


class is_woman(Variable):
    value_type = bool
    entity = Person
    definition_period = ETERNITY
    label = "A woman"


class pension_first_year(Variable):
    value_type = int
    entity = Person
    definition_period = ETERNITY
    label = "Year of the first contribution"


class pension_income(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Income on which the month was paid, in đồng; 0 if it was not"


class pension_months(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Months paid before the pension begins"

    def formula(person, period):
        return sum((person("pension_income", month) > 0).astype(numpy.int64) for month in months_before(person, period))


class pension_average(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Average of the incomes, each times the coefficient of its year, in đồng"

    def formula(person, period, parameters):
        table = parameters(period).pension.coefficients
        # In hundredths of a đồng, so that nothing is lost before the division.
        total = numpy.zeros(person.count, dtype=numpy.int64)
        for month in months_before(person, period):
            coefficient = round(100 * table[f"year_{max(month.start.year, 1994)}"])
            total += person("pension_income", month).astype(numpy.int64) * coefficient
        count = numpy.maximum(person("pension_months", period).astype(numpy.int64), 1) * 100
        return total // count


class pension_rate(Variable):
    value_type = float
    entity = Person
    definition_period = MONTH
    label = "Pension rate"

    def formula(person, period, parameters):
        law = parameters(period).pension
        months = person("pension_months", period)
        odd = months % 12
        # One to six odd months are half a year, more are a year.
        years = months // 12 + numpy.where(odd == 0, 0.0, numpy.where(odd <= 6, 0.5, 1.0))
        women = law.base_rate + law.per_further_year * (years - law.years_women)
        men = law.base_rate + law.per_further_year * (years - law.years_men)
        below = law.men_below_base + law.men_below_per_year * (years - law.minimum_years)
        men = numpy.where(years < law.years_men, below, men)
        rate = numpy.where(person("is_woman", period), women, men)
        return numpy.where(months < 12 * law.minimum_years, 0, numpy.minimum(rate, law.maximum_rate))


class pension(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Pension in đồng per month"

    def formula(person, period):
        # The rate is a float of 32 bits: brought back to its tenths of a percent.
        rate = numpy.rint(person("pension_rate", period).astype(numpy.float64) * 1000) / 1000
        return share(rate, person("pension_average", period))


def months_before(person, period):
    """All months from January of the first year of anybody to the month before the period."""
    first = int(person("pension_first_year", period).min())
    count = (period.start.year - first) * 12 + period.start.month - 1
    return [period.offset(-back, "month") for back in range(count, 0, -1)]
