"""What a household pays for health insurance, member by member."""

import numpy
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable

from openfisca_ra_quan.entities import Household, Person
from openfisca_ra_quan.rounding import share


class HiForm(Enum):
    household = "As a member of the household"
    budget_paid = "Paid whole by the budget"
    near_poor = "Near-poor household"
    pupil = "Pupil or student"
    average_living_standard = "Farming household of average living standard"
    insured_elsewhere = "Insured in another group"


class hi_form(Variable):
    value_type = Enum
    possible_values = HiForm
    default_value = HiForm.household
    entity = Person
    definition_period = MONTH
    label = "How the person pays"


class hi_months(Variable):
    value_type = int
    default_value = 12
    entity = Household
    definition_period = MONTH
    label = "Months paid for: 3, 6 or 12"


class hi_place(Variable):
    value_type = int
    default_value = -1
    entity = Person
    definition_period = MONTH
    label = "Place among the members who pay in the household form, from 0"

    def formula(person, period):
        in_household = person("hi_form", period) == HiForm.household
        order = person.household.members_position
        return person.get_rank(person.household, order, condition=in_household)


class hi_contribution(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Contribution before support, in đồng"

    def formula(person, period, parameters):
        law = parameters(period)
        first = share(law.health_insurance.contribution_rate, law.base.base_salary)
        shares = law.health_insurance.member_share
        by_place = [shares.first, shares.second, shares.third, shares.fourth, shares.further]
        monthly = share(by_place, first)
        form = person("hi_form", period)
        place = numpy.clip(person("hi_place", period), 0, 4)
        of_member = numpy.where(form == HiForm.household, monthly[place], first)
        of_member = numpy.where(form == HiForm.insured_elsewhere, 0, of_member)
        return of_member * person.household("hi_months", period)


class hi_support(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "State support, in đồng"

    def formula(person, period, parameters):
        law = parameters(period)
        first = share(law.health_insurance.contribution_rate, law.base.base_salary)
        rate = law.health_insurance.support_rate[person("hi_form", period)]
        return share(rate, first) * person.household("hi_months", period)


class household_hi_state(Variable):
    value_type = int
    entity = Household
    definition_period = MONTH
    label = "What the State pays for the household, in đồng"

    def formula(household, period):
        return household.sum(household.members("hi_support", period))


class household_hi_payer(Variable):
    value_type = int
    entity = Household
    definition_period = MONTH
    label = "What the household pays, in đồng"

    def formula(household, period):
        whole = household.sum(household.members("hi_contribution", period))
        return whole - household("household_hi_state", period)
