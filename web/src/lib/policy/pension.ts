// The pension of a working life: rate, average income with the coefficients, one-time allowance, amount.
import { ageText, firstDay, monthOf, monthText, yearOf, type Month } from './calendar';
import { allOf, checkIncomes, inOrder, monthsOf, monthsUntil, type Months, type Span } from './career';
import type { PensionTable, Scheme, Sex } from './document';
import { Rate } from './exact';
import type { Birthday, Law } from './law';
import { entitlement, indexOf, type Entitlement } from './retirement';
import { step, type Trace } from './steps';

export interface Pension {
  counted_years: string;
  full_rate: string;
  reduction: string;
  rate: string;
  average_vnd: number;
  pension_vnd: number;
  lifted_to_reference_level: boolean;
  one_time_allowance: { months_of_income: string; amount_vnd: number };
  health_card_vnd: number | null;
}

export interface CareerPension {
  starts: string;
  age: string;
  months: Months;
  entitlement: Entitlement;
  pension: Pension;
}

/** Coefficients are counted in ten-thousandths. */
const SCALE = 10_000n;
const MOST_AVERAGE = 10_000_000_000;
const ZERO = Rate.of(0);
const half = (halves: number): Rate => Rate.of(halves, 2);

export function pensionOfCareer(
  law: Law,
  on: string,
  born: Birthday,
  sex: Sex,
  spans: Span[],
  trace: Trace,
): CareerPension & { first: Month } {
  checkIncomes(law, on, spans);
  const months = monthsOf(law, spans);
  const { reached, from: starts, ...right } = entitlement(law, on, born, sex, spans, months, trace);
  if (starts === undefined)
    throw law.limited('pension.too_short', law.on('retirement', on).minimum_years, {
      given: right.months,
      needed: right.minimum_months,
      missing: right.missing_months,
      on: { day: on },
    });
  const day = firstDay(starts) < on ? firstDay(starts) : on;
  const rules = law.pensionStarting(day);
  if (starts > monthOf(day))
    step(
      trace,
      'pension.rules_of_the_day',
      { is: true },
      { starts: { month: starts }, day: { day } },
      [],
      ['pension.later_law'],
    );
  const average = averageIncome(law, rules, day, spans, trace);
  const before = spans.reduce((sum, span) => sum + monthsUntil(span, reached), 0);
  const after = Math.max(allOf(months) - Math.max(rules.minimum_years[0] * 12, before), 0);
  return {
    starts: monthText(starts),
    age: ageText(starts - born.month),
    months,
    entitlement: right,
    pension: amount(law, rules, day, sex, months, after, average, trace),
    first: starts,
  };
}

function amount(
  law: Law,
  rules: PensionTable,
  day: string,
  sex: Sex,
  of: Months,
  after: number,
  average: number,
  trace: Trace,
): Pension {
  law.check('average_vnd', average, 1, MOST_AVERAGE);
  const months = allOf(of);
  const rate = pensionRate(law, rules, day, sex, months, trace);
  let pension = rate.share(average);
  step(trace, 'pension.amount', { vnd: pension }, { rate: { share: rate }, average: { vnd: average } });
  const [years, level] = rules.minimum_pension ?? [];
  const lifted =
    years !== undefined && level !== undefined && of.compulsory >= years[0] * 12 && pension < level[0];
  if (lifted) {
    step(
      trace,
      'pension.minimum',
      { vnd: level[0] },
      {
        years: { count: years[0] },
        pension: { vnd: pension },
        reference_level: { vnd: level[0] },
      },
      [years, level],
      ['pension.minimum_groups'],
    );
    pension = level[0];
  }
  const allowance = oneTimeAllowance(rules, sex, months, after, average, trace);
  let card = null;
  if (rules.health_card) {
    const share = Rate.parse(rules.health_card[0]);
    card = share.share(pension);
    step(trace, 'pension.health_card', { vnd: card }, { rate: { share }, pension: { vnd: pension } }, [
      rules.health_card,
    ]);
  }
  return {
    counted_years: half(halfYears(rules, months)).toString(),
    full_rate: rate.toString(),
    reduction: ZERO.toString(),
    rate: rate.toString(),
    average_vnd: average,
    pension_vnd: pension,
    lifted_to_reference_level: lifted,
    one_time_allowance: allowance,
    health_card_vnd: card,
  };
}

/** Years in halves: odd months count as half a year or a whole one. */
export function halfYears(rules: PensionTable, months: number, trace?: Trace): number {
  const [from, to] = rules.half_year;
  const [years, odd] = [Math.floor(months / 12), months % 12];
  const counted = years * 2 + (odd < from[0] ? 0 : odd <= to[0] ? 1 : 2);
  step(
    trace,
    'pension.counted_years',
    { number: half(counted) },
    {
      months: { count: months },
      years: { count: years },
      odd: { count: odd },
      from: { count: from[0] },
      to: { count: to[0] },
    },
    [from, to],
  );
  return counted;
}

function pensionRate(
  law: Law,
  rules: PensionTable,
  day: string,
  sex: Sex,
  months: number,
  trace: Trace,
): Rate {
  const needed = rules.minimum_years[0] * 12;
  const tooShort = () =>
    law.limited('pension.too_short', rules.minimum_years, {
      given: months,
      needed,
      missing: Math.max(needed - months, 0),
      on: { day },
    });
  if (months < needed) throw tooShort();
  const counted = halfYears(rules, months, trace);
  const years = rules.years_at_base[indexOf(sex)];
  const least = years[0] * 2;
  const maximum = Rate.parse(rules.maximum[0]);
  const shown = { counted: { number: half(counted) }, years: { count: years[0] } };
  if (counted < least) {
    if (sex !== 'man' || !rules.men_under || counted < law.limits.men_under_from) throw tooShort();
    const [base, perYear] = rules.men_under;
    const rate = scaled(base[0], perYear[0], counted - law.limits.men_under_from).least(maximum);
    step(
      trace,
      'pension.rate_men_under_20_years',
      { share: rate },
      { ...shown, base: { share: Rate.parse(base[0]) }, per_year: { share: Rate.parse(perYear[0]) } },
      [years, base, perYear],
    );
    return rate;
  }
  const perYear = rules.per_year[indexOf(sex)];
  const uncapped = scaled(rules.base[0], perYear[0], counted - least);
  step(
    trace,
    'pension.rate',
    { share: uncapped },
    {
      ...shown,
      sex: { word: `sex.${sex}` },
      base: { share: Rate.parse(rules.base[0]) },
      per_year: { share: Rate.parse(perYear[0]) },
    },
    [rules.base, years, perYear],
  );
  if (!uncapped.isAbove(maximum)) return uncapped;
  step(
    trace,
    'pension.rate_maximum',
    { share: maximum },
    { rate: { share: uncapped }, maximum: { share: maximum } },
    [rules.maximum],
  );
  return maximum;
}

const scaled = (base: string, perYear: string, halves: number): Rate =>
  Rate.parse(base).plus(half(halves).times(Rate.parse(perYear)));

function oneTimeAllowance(
  rules: PensionTable,
  sex: Sex,
  months: number,
  monthsAfter: number,
  average: number,
  trace: Trace,
): Pension['one_time_allowance'] {
  const years = rules.allowance_years[indexOf(sex)];
  const threshold = years[0] * 2;
  const counted = halfYears(rules, months);
  const above = Math.max(counted - threshold, 0);
  if (above === 0) return { months_of_income: ZERO.toString(), amount_vnd: 0 };
  step(
    trace,
    'pension.one_time_allowance_years',
    { number: half(above) },
    { sex: { word: `sex.${sex}` }, counted: { number: half(counted) }, years: { count: years[0] } },
    [years],
  );
  const factor = Rate.parse(rules.allowance_factor[0]);
  const told = rules.allowance_factor_after;
  const factorAfter = told ? Rate.parse(told[0]) : ZERO;
  const beforeAge = halfYears(rules, Math.max(months - monthsAfter, 0));
  const after = told && monthsAfter > 0 ? above - Math.max(beforeAge - threshold, 0) : 0;
  const income = half(above - after)
    .times(factor)
    .plus(half(after).times(factorAfter));
  const result = { vnd: income.share(average) };
  const inputs = {
    years: { number: half(above - after) },
    factor: { number: factor },
    average: { vnd: average },
  };
  if (told && after > 0)
    step(
      trace,
      'pension.one_time_allowance_after_age',
      result,
      { ...inputs, years_after: { number: half(after) }, factor_after: { number: factorAfter } },
      [told, rules.allowance_factor],
      ['pension.one_time_allowance_split'],
    );
  else step(trace, 'pension.one_time_allowance', result, inputs, [rules.allowance_factor]);
  return { months_of_income: income.toString(), amount_vnd: result.vnd };
}

/** The average monthly income in đồng, without the part of a đồng. */
export function averageIncome(
  law: Law,
  rules: PensionTable,
  day: string,
  spans: Span[],
  trace: Trace,
): number {
  const table = law.says(rules.coefficients, day);
  const ordered = inOrder(law, spans);
  let sum = 0n;
  for (const { year, scheme, months, incomes } of byYear(ordered)) {
    const place = Math.max(year, law.limits.first_coefficient_year) - law.limits.first_coefficient_year;
    const isKnown = year >= law.limits.first_voluntary_year || scheme === 'compulsory_si';
    const isLater = place >= table.by_year.length;
    const coefficient = table.by_year[place];
    if (!isLater && !(coefficient && isKnown))
      throw law.tableRefused(table.missing[scheme === 'voluntary_si' ? 0 : 1], { year, on: { day } });
    const times = coefficient ? BigInt(coefficient[0]) : SCALE;
    const adjusted = BigInt(incomes) * times;
    sum += adjusted;
    const shown = {
      year: { year },
      scheme: { word: `scheme.${scheme}` },
      months: { count: months },
      incomes: { vnd: incomes },
    };
    const result = { number: Rate.of(adjusted, SCALE) };
    if (coefficient)
      step(
        trace,
        'pension.adjusted_year',
        result,
        { ...shown, coefficient: { number: Rate.of(times, SCALE) } },
        [coefficient],
      );
    else step(trace, 'pension.adjusted_later_year', result, shown, [], ['pension.later_law']);
  }
  const count = allOf(monthsOf(law, spans));
  const average = Number(sum / (SCALE * BigInt(count)));
  step(
    trace,
    'pension.average_income',
    { vnd: average },
    { months: { count }, sum: { number: Rate.of(sum, SCALE) } },
  );
  return average;
}

interface YearPart {
  year: number;
  scheme: Scheme;
  months: number;
  incomes: number;
}

/** Incomes and months by year, compulsory first. */
function byYear(spans: Span[]): YearPart[] {
  const parts = new Map<string, YearPart>();
  for (const span of spans)
    for (let year = yearOf(span.from); year <= yearOf(span.to); year++) {
      const months = Math.min(span.to, year * 12 + 11) - Math.max(span.from, year * 12) + 1;
      const key = `${year} ${span.scheme}`;
      const part = parts.get(key) ?? { year, scheme: span.scheme, months: 0, incomes: 0 };
      part.months += months;
      part.incomes += span.income * months;
      parts.set(key, part);
    }
  return [...parts.values()].sort((a, b) => a.year - b.year || (a.scheme < b.scheme ? -1 : 1));
}
