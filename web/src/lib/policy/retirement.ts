// When somebody may retire: the age by sex and month of birth, the first month of the pension.
import { ageText, monthOf, monthText, yearOf, type Month } from './calendar';
import { allOf, firstMonth, lastMonth, type Months, type Span } from './career';
import type { RetirementTable, Sex, Told } from './document';
import { birthday, checkAge, type Birthday, type Law } from './law';
import { step, type Trace } from './steps';

export interface AgeInput {
  born: string;
  sex: Sex;
}

export interface Reached {
  /** In months. */
  age: number;
  reached: Month;
  from: Month;
}

export interface Entitlement {
  entitled: boolean;
  basis: 'voluntary' | 'retained_age' | 'compulsory';
  age: string;
  age_reached: string;
  months: number;
  minimum_months: number;
  missing_months: number;
  pension_from: string | null;
  early_by_capacity_loss: null;
  missing_period: { months: number; most_months: number; earliest: string; allowed: boolean } | null;
  choices: string[];
}

/** The place of a sex in tables. */
export const indexOf = (sex: Sex): 0 | 1 => (sex === 'man' ? 0 : 1);

export function retirementAge(law: Law, on: string, input: AgeInput, trace: Trace) {
  const rules = law.on('retirement', on);
  const { age, reached, from } = ageReached(law, rules, on, birthday(input.born), input.sex, trace);
  return { age: ageText(age), reached: monthText(reached), from: monthText(from) };
}

function ageOf(rules: RetirementTable, sex: Sex, born: Month): Told<number> {
  const rows = rules.ages[indexOf(sex)];
  const row = rows.findLast(([from]) => monthOf(from) <= born) ?? rows[0];
  if (!row) throw new Error('a table without ages');
  return row[1];
}

export function ageReached(
  law: Law,
  rules: RetirementTable,
  on: string,
  born: Birthday,
  sex: Sex,
  trace?: Trace,
): Reached {
  checkAge(law, born, on);
  const age = ageOf(rules, sex, born.month);
  step(
    trace,
    'retirement.age',
    { age: age[0] },
    { age: { age: age[0] }, sex: { word: `sex.${sex}` }, born: { month: born.month } },
    [age],
  );
  if (!born.hasMonth) {
    const reached = born.month + age[0];
    const flag = rules.unknown_year_after[reached < law.since('ages_rise') ? 0 : 1];
    if (flag[0] !== 0) {
      const from = (yearOf(reached) + 1) * 12;
      step(
        trace,
        'retirement.birthday_unknown_until_2020',
        { month: from },
        { year: { year: yearOf(reached) }, flag: { count: flag[0] } },
        [flag],
      );
      return { age: age[0], reached: from - 1, from };
    }
    step(trace, 'retirement.birthday_unknown', { month: born.month }, {}, [flag]);
  }
  return reachedAt(born.month, age[0], trace);
}

function reachedAt(born: Month, age: number, trace?: Trace): Reached {
  const reached = born + age;
  step(trace, 'retirement.age_reached', { month: reached }, { born: { month: born }, age: { age } });
  step(trace, 'retirement.first_month_by_age', { month: reached + 1 }, { reached: { month: reached } });
  return { age, reached, from: reached + 1 };
}

/** Whether and from which month there is a pension, by the rules of the day. */
export function entitlement(
  law: Law,
  on: string,
  born: Birthday,
  sex: Sex,
  spans: Span[],
  of: Months,
  trace: Trace,
): Entitlement & { reached: Month; from: Month | undefined } {
  const rules = law.on('retirement', on);
  const months = allOf(of);
  const [basis, reached] = ageByBasis(law, rules, on, born, sex, spans, of, trace);
  const minimum = rules.minimum_years[0] * 12;
  step(
    trace,
    'retirement.minimum_period',
    { is: months >= minimum },
    { months: { count: months }, years: { count: rules.minimum_years[0] } },
    [rules.minimum_years],
  );
  const missing = Math.max(minimum - months, 0);
  const from = missing === 0 ? firstOfPension(rules, spans, months, reached, trace) : undefined;
  const missingPeriod = missing > 0 ? buying(rules, missing, reached, trace) : null;
  const today = monthOf(on);
  const entitled = from !== undefined && from <= today;
  return {
    entitled,
    basis,
    age: ageText(reached.age),
    age_reached: monthText(reached.reached),
    months,
    minimum_months: minimum,
    missing_months: missing,
    pension_from: from === undefined ? null : monthText(from),
    early_by_capacity_loss: null,
    missing_period: missingPeriod,
    choices: entitled ? [] : choices(law, rules, today, spans, months, reached, missingPeriod),
    reached: reached.reached,
    from,
  };
}

function ageByBasis(
  law: Law,
  rules: RetirementTable,
  on: string,
  born: Birthday,
  sex: Sex,
  spans: Span[],
  of: Months,
  trace: Trace,
): [Entitlement['basis'], Reached] {
  const joined = firstMonth(spans.filter((span) => span.scheme === 'voluntary_si'));
  if (rules.retained && joined !== undefined && joined < law.since('retained_age_before')) {
    const [ages, years] = rules.retained;
    const age = ages[indexOf(sex)];
    if (of.voluntary >= years[0] * 12 && ageOf(rules, sex, born.month)[0] > age[0]) {
      step(
        trace,
        'retirement.retained_age',
        { is: true },
        {
          paid: { count: of.voluntary },
          sex: { word: `sex.${sex}` },
          years: { count: years[0] },
          age: { age: age[0] },
        },
        [years, age],
      );
      checkAge(law, born, on);
      return ['retained_age', reachedAt(born.month, age[0], trace)];
    }
  }
  const reached = ageReached(law, rules, on, born, sex, trace);
  const years = rules.compulsory_years;
  if (!years || of.compulsory < years[0] * 12) return ['voluntary', reached];
  step(
    trace,
    'retirement.compulsory_rules',
    { is: true },
    { paid: { count: of.compulsory }, years: { count: years[0] } },
    [years],
    ['retirement.compulsory_lower_age'],
  );
  return ['compulsory', reached];
}

function firstOfPension(
  rules: RetirementTable,
  spans: Span[],
  months: number,
  reached: Reached,
  trace: Trace,
): Month {
  const last = lastMonth(spans);
  const byPayment = last === undefined ? reached.from : last + 1;
  let from = Math.max(reached.from, byPayment);
  const before = rules.minimum_years_before;
  if (before && months < before[0] * 12 && monthOf(rules.minimum_since) > from) {
    from = monthOf(rules.minimum_since);
    step(trace, 'retirement.minimum_period_new', { month: from }, {}, [rules.minimum_years]);
  }
  step(
    trace,
    'retirement.pension_from',
    { month: from },
    { by_age: { month: reached.from }, by_payment: { month: byPayment } },
  );
  return from;
}

function buying(
  rules: RetirementTable,
  missing: number,
  reached: Reached,
  trace: Trace,
): NonNullable<Entitlement['missing_period']> {
  const earliest = reached.reached - rules.missing_months_before_age[0];
  const [most] = rules.missing_max_months;
  const allowed = missing <= most;
  step(
    trace,
    'retirement.missing_period',
    { is: allowed },
    { missing: { count: missing }, earliest: { month: earliest }, most: { count: most } },
    [rules.missing_max_months, rules.missing_months_before_age],
  );
  return { months: missing, most_months: most, earliest: monthText(earliest), allowed };
}

function choices(
  law: Law,
  rules: RetirementTable,
  today: Month,
  spans: Span[],
  months: number,
  reached: Reached,
  missing: Entitlement['missing_period'],
): string[] {
  const found = ['continue_voluntary'];
  if (missing?.allowed && monthOf(missing.earliest) <= today) found.push('buy_missing_period');
  found.push('keep_years');
  const least = rules.own_allowance_months;
  if (least && missing && reached.reached <= today && months >= least[0]) found.push('own_allowance');
  const first = (lastMonth(spans) ?? today) + 1 - months;
  const open = today < law.since('laws_2024') || first < law.since('laws_2024');
  if (open && months < rules.withdrawal_under_years * 12) found.push('withdraw_after_stopping');
  return found;
}
