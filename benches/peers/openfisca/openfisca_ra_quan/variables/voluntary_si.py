"""What a voluntary participant pays for a block of months, and what the State adds."""

import numpy
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable

from openfisca_ra_quan.entities import Person
from openfisca_ra_quan.rounding import share


class si_income(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Income chosen, in đồng per month"


class si_months(Variable):
    value_type = int
    default_value = 1
    entity = Person
    definition_period = MONTH
    label = "Months of the block: 1, 3, 6 or 12"


class si_supported_months(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Months with State support before"


class is_poor(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Of a poor household"


class is_on_island(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Lives in an island commune or special zone"


class is_near_poor(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Of a near-poor household"


class is_ethnic_minority(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Of an ethnic minority"


class si_contribution(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Contribution of the block, in đồng"

    def formula(person, period, parameters):
        rate = parameters(period).voluntary_si.contribution_rate
        return share(rate, person("si_income", period)) * person("si_months", period)


class si_support(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "State support of the block, in đồng"

    def formula(person, period, parameters):
        law = parameters(period)
        rates = law.voluntary_si.support_rate
        of = lambda category, rate: numpy.where(person(category, period), rate, rates.other)
        # Of several categories the highest.
        rate = numpy.maximum.reduce(
            [
                of("is_poor", rates.poor),
                of("is_on_island", rates.island_commune),
                of("is_near_poor", rates.near_poor),
                of("is_ethnic_minority", rates.ethnic_minority),
            ]
        )
        lowest = law.base.rural_poverty_line
        monthly = share(rate * law.voluntary_si.contribution_rate, lowest)
        left = law.voluntary_si.support_max_months - person("si_supported_months", period)
        return monthly * numpy.minimum(person("si_months", period), numpy.maximum(left, 0))


class si_payer(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "What the participant pays of the block, in đồng"

    def formula(person, period):
        return person("si_contribution", period) - person("si_support", period)
