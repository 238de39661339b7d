// The one-time withdrawal: who may, how much, and what is lost by it.
import { monthOf } from './calendar';
import {
  allOf,
  checkIncomes,
  firstMonth,
  inOrder,
  lastMonth,
  monthsIn,
  monthsOf,
  spansOf,
  type CareerInput,
  type Months,
  type Span,
} from './career';
import type { Category, Reason, Sex, SupportSince, WithdrawalTable } from './document';
import { Rate } from './exact';
import { birthday, type Law } from './law';
import { averageIncome, halfYears } from './pension';
import { ageReached } from './retirement';
import { step, type Trace } from './steps';
import { counting } from './voluntarySi';

export interface WithdrawalInput {
  reason: Reason;
  born?: string | null;
  sex?: Sex | null;
  disease?: string | null;
  capacity_loss_percent?: number | null;
  extremely_severe_disability?: boolean;
  career: CareerInput;
  state_support_vnd?: number | null;
}

export interface StateSupport {
  months: number;
  amount_vnd: number;
}

export interface Withdrawal {
  months: Months;
  average_vnd: number;
  paid_vnd: number;
  years_before_2014: string;
  years_from_2014: string;
  is_short_period: boolean;
  gross_vnd: number;
  state_support: StateSupport;
  deducted_vnd: number;
  amount_vnd: number;
}

export interface WithdrawalLoss {
  withdrawal: Withdrawal;
  paid_per_year: string;
  returned_per_year: string;
  lost_per_year: string;
  lost_vnd: number;
  paid_by_person_vnd: number;
  months_deleted: number;
  months_missing_for_pension: number;
  funeral_allowance_vnd: number | null;
  lost: string[];
}

const MOST_SUPPORT = 1_000_000_000;

export function withdrawalLoss(law: Law, on: string, input: WithdrawalInput, trace: Trace): WithdrawalLoss {
  const rules = law.on('withdrawal', on);
  inOrder(law, spansOf(input.career));
  allowed(law, rules, on, input, trace);
  return lossUnchecked(law, rules, on, input, trace);
}

/** What would be paid out and lost, without asking whether it is allowed. */
export function lossUnchecked(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  input: WithdrawalInput,
  trace: Trace,
): WithdrawalLoss {
  return lossOf(law, rules, on, withdrawal(law, rules, on, input, trace), trace);
}

/** Refuses a reason that does not allow a withdrawal on the day. */
export function allowed(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  input: WithdrawalInput,
  trace: Trace,
): void {
  const { reason } = input;
  const reasonWord = { reason: { word: `reason.${reason}` } };
  step(trace, 'withdrawal.reason', { is: true }, reasonWord);
  if (reason === 'age_reached') ofAge(law, on, input, trace);
  else if (reason === 'serious_disease') diseased(law, rules, on, input, trace);
  else if (reason === 'disability') disabled(law, rules, on, input, trace);
  else if (reason === 'stopped_paying') stopped(law, rules, on, spansOf(input.career), trace);
}

function ofAge(law: Law, on: string, input: WithdrawalInput, trace: Trace): void {
  if (!input.born || !input.sex) throw law.refused('career.input_missing', { what: 'born, sex' });
  const rules = law.on('retirement', on);
  const { reached } = ageReached(law, rules, on, birthday(input.born), input.sex, trace);
  if (reached > monthOf(on))
    throw law.refused('withdrawal.age_not_reached', { on: { day: on }, month: { month: reached } });
  const months = allOf(monthsOf(law, spansOf(input.career)));
  const years = rules.minimum_years;
  if (months >= years[0] * 12)
    throw law.limited('withdrawal.entitled_to_pension', years, { given: months, needed: years[0] * 12 });
  step(
    trace,
    'withdrawal.age_reached',
    { is: true },
    { months: { count: months }, years: { count: years[0] } },
    [years],
  );
}

function diseased(law: Law, rules: WithdrawalTable, on: string, input: WithdrawalInput, trace: Trace): void {
  if (!input.disease) throw law.refused('career.input_missing', { what: 'disease' });
  const flag = rules.diseases.find(([disease]) => disease === input.disease)?.[1];
  if (!flag) throw new Error(`no disease ${input.disease}`);
  if (flag[0] === 0) throw law.limited('withdrawal.disease_not_listed', flag, { on: { day: on } });
  const disease = { disease: { word: `disease.${input.disease}` } };
  step(trace, 'withdrawal.serious_disease', { is: true }, disease, [flag]);
}

function disabled(law: Law, rules: WithdrawalTable, on: string, input: WithdrawalInput, trace: Trace): void {
  const percent = law.says(rules.capacity_loss, on);
  const loss = input.capacity_loss_percent ?? 0;
  if (loss < percent[0] && !input.extremely_severe_disability)
    throw law.limited('withdrawal.capacity_loss_too_small', percent, { given: loss, needed: percent[0] });
  step(
    trace,
    'withdrawal.disability',
    { is: true },
    { loss: { count: loss }, percent: { count: percent[0] } },
    [percent],
  );
}

function stopped(law: Law, rules: WithdrawalTable, on: string, spans: Span[], trace: Trace): void {
  const [needed, years] = rules.stopped_paying;
  const [today, opened] = [monthOf(on), law.since('laws_2024')];
  const joined = firstMonth(spans);
  if (today >= opened && joined !== undefined && joined >= opened)
    throw law.limited('withdrawal.joined_too_late', needed, {
      month: { month: joined },
      other_month: { month: opened },
    });
  const last = lastMonth(spans) ?? -Infinity;
  const since = today - last - 1;
  if (since < needed[0])
    throw law.limited('withdrawal.stopped_too_short', needed, {
      given: since,
      needed: needed[0],
      month: { month: last + needed[0] + 1 },
    });
  const paid = allOf(monthsOf(law, spans));
  if (paid >= years[0] * 12)
    throw law.limited('withdrawal.too_many_years', years, { given: paid, needed: years[0] * 12 });
  step(
    trace,
    'withdrawal.stopped_paying',
    { is: true },
    {
      stopped: { count: since },
      paid: { count: paid },
      months: { count: needed[0] },
      years: { count: years[0] },
    },
    [needed, years],
  );
}

function withdrawal(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  input: WithdrawalInput,
  trace: Trace,
): Withdrawal {
  const spans = spansOf(input.career);
  checkIncomes(law, on, spans);
  const stated = input.state_support_vnd ?? undefined;
  if (stated !== undefined) law.check('state_support_vnd', stated, 0, MOST_SUPPORT);
  const average = averageIncome(law, law.pensionStarting(on), on, spans, trace);
  const months = monthsOf(law, spans);
  const paid = contributions(rules, spans, trace);
  const [under, cap] = rules.short_period;
  const isShort = allOf(months) < under[0];
  let gross;
  let [before, from] = [Rate.of(0), Rate.of(0)];
  if (isShort) {
    gross = Math.min(paid, average * cap[0]);
    step(
      trace,
      'withdrawal.short_period',
      { vnd: gross },
      {
        under: { count: under[0] },
        cap: { count: cap[0] },
        paid: { vnd: paid },
        average: { vnd: average },
      },
      [under, cap],
    );
  } else {
    [before, from] = countedYears(law, on, months, trace);
    const [perBefore, perFrom] = rules.per_year;
    const [timesBefore, timesFrom] = [Rate.parse(perBefore[0]), Rate.parse(perFrom[0])];
    gross = before.times(timesBefore).plus(from.times(timesFrom)).share(average);
    step(
      trace,
      'withdrawal.gross',
      { vnd: gross },
      {
        per_year_before: { number: timesBefore },
        per_year: { number: timesFrom },
        years_before: { number: before },
        years: { number: from },
        average: { vnd: average },
      },
      [perBefore, perFrom],
    );
  }
  const support = stateSupported(law, rules, on, inOrder(law, spans), stated, trace);
  const deducted = deduction(rules, input.reason, support, gross, trace);
  return {
    months,
    average_vnd: average,
    paid_vnd: paid,
    years_before_2014: before.toString(),
    years_from_2014: from.toString(),
    is_short_period: isShort,
    gross_vnd: gross,
    state_support: support,
    deducted_vnd: deducted,
    amount_vnd: gross - deducted,
  };
}

/** What was paid on all incomes, in đồng. */
export function contributions(rules: WithdrawalTable, spans: Span[], trace?: Trace): number {
  const rate = Rate.parse(rules.contribution_rate[0]);
  const incomes = spans.reduce((sum, span) => sum + span.income * monthsIn(span), 0);
  const months = spans.reduce((sum, span) => sum + monthsIn(span), 0);
  const paid = rate.share(incomes);
  step(
    trace,
    'withdrawal.paid',
    { vnd: paid },
    { months: { count: months }, rate: { share: rate }, incomes: { vnd: incomes } },
    [rules.contribution_rate],
  );
  return paid;
}

/** Years before 2014 and from 2014; odd months of the first move to the second. */
function countedYears(law: Law, on: string, months: Months, trace: Trace): [Rate, Rate] {
  const pensions = law.pensionStarting(on);
  const [first, second] = [months.before_2014, allOf(months) - months.before_2014];
  const moved = second > 0 ? first % 12 : 0;
  const years = (count: number) => Rate.of(halfYears(pensions, count), 2);
  const [before, from] = [years(first - moved), years(second + moved)];
  if (first > 0)
    step(
      trace,
      'withdrawal.years_before_2014',
      { number: before },
      { months: { count: first }, moved: { count: moved } },
    );
  if (second > 0)
    step(
      trace,
      'withdrawal.years_from_2014',
      { number: from },
      { months: { count: second }, moved: { count: moved } },
      pensions.half_year,
    );
  return [before, from];
}

function stateSupported(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  spans: Span[],
  stated: number | undefined,
  trace: Trace,
): StateSupport {
  if (stated === undefined) return stateSupport(law, rules, on, spans, trace);
  step(trace, 'withdrawal.state_support_stated', { vnd: stated }, {});
  return { months: 0, amount_vnd: stated };
}

/** What the State paid of the voluntary months, in the order of time, up to the most it pays. */
export function stateSupport(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  spans: Span[],
  trace?: Trace,
): StateSupport {
  const total = { months: 0, amount_vnd: 0 };
  const [most] = rules.support_max_months;
  const support = law.document.state_support.filter((one) => one.from <= on);
  for (const span of spans.filter((one) => one.scheme === 'voluntary_si'))
    for (const [at, since] of support.entries()) {
      const next = support[at + 1];
      const first = Math.max(span.from, monthOf(since.from));
      const last = next ? Math.min(monthOf(next.from) - 1, span.to) : span.to;
      const months = Math.min(Math.max(last - first + 1, 0), most - total.months);
      if (months === 0) continue;
      total.amount_vnd += supportPart(since, span.categories, first, months, trace);
      total.months += months;
    }
  if (total.months === most)
    step(trace, 'withdrawal.state_support_limit', { count: most }, { most: { count: most } }, [
      rules.support_max_months,
    ]);
  if (total.months > 0)
    step(trace, 'withdrawal.state_support', { vnd: total.amount_vnd }, { months: { count: total.months } });
  return total;
}

function supportPart(
  since: SupportSince,
  categories: Category[],
  first: number,
  months: number,
  trace?: Trace,
): number {
  const chosen = counting(since.support, ([category]) => category, categories);
  if (!chosen) return 0;
  const [category, rate, monthly] = chosen;
  step(
    trace,
    'withdrawal.state_support_part',
    { vnd: monthly * months },
    {
      months: { count: months },
      from: { month: first },
      category: { word: `category.${category}` },
      rate: { share: Rate.parse(rate[0]) },
      contribution_rate: { share: Rate.parse(since.contribution_rate[0]) },
      poverty_line: { vnd: since.poverty_line[0] },
    },
    [rate, since.contribution_rate, since.poverty_line],
  );
  return monthly * months;
}

function deduction(
  rules: WithdrawalTable,
  reason: Reason,
  support: StateSupport,
  gross: number,
  trace: Trace,
): number {
  const spared = reason === 'serious_disease' || reason === 'disability';
  const flag = rules.deducted[spared ? 1 : 0];
  const whole = { gross: { vnd: gross } };
  if (flag[0] === 0) {
    step(trace, 'withdrawal.support_not_deducted', { vnd: gross }, whole, [flag]);
    return 0;
  }
  const deducted = Math.min(support.amount_vnd, gross);
  const inputs = { ...whole, support: { vnd: deducted } };
  step(trace, 'withdrawal.amount', { vnd: gross - deducted }, inputs, [flag]);
  return deducted;
}

function lossOf(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  paidOut: Withdrawal,
  trace: Trace,
): WithdrawalLoss {
  const rate = Rate.parse(rules.contribution_rate[0]);
  const paidPerYear = rate.times(Rate.of(12));
  const returned = Rate.parse(rules.per_year[1][0]);
  const lostPerYear = paidPerYear.minus(returned);
  step(
    trace,
    'withdrawal.lost_per_year',
    { number: lostPerYear },
    { paid: { number: paidPerYear }, returned: { number: returned }, rate: { share: rate } },
    [rules.per_year[1], rules.contribution_rate],
  );
  const { paid_vnd: paid, amount_vnd: amount } = paidOut;
  const lost = paid - amount;
  step(trace, 'withdrawal.lost_amount', { vnd: lost }, { paid: { vnd: paid }, amount: { vnd: amount } });
  const months = allOf(paidOut.months);
  step(trace, 'withdrawal.lost_years', { count: 0 }, { months: { count: months } });
  const minimum = law.on('retirement', on).minimum_years;
  const missing = Math.max(minimum[0] * 12 - months, 0);
  step(
    trace,
    'withdrawal.lost_way_to_pension',
    { count: missing },
    { months: { count: months }, years: { count: minimum[0] } },
    [minimum],
  );
  const { funeral_multiple: multiple, funeral_minimum_months: least, reference_level: level } = rules;
  const funeral = months >= least[0] ? level[0] * multiple[0] : null;
  if (funeral !== null)
    step(
      trace,
      'withdrawal.lost_funeral',
      { vnd: funeral },
      {
        multiple: { count: multiple[0] },
        least: { count: least[0] },
        reference_level: { vnd: level[0] },
      },
      [multiple, least, level],
    );
  return {
    withdrawal: paidOut,
    paid_per_year: paidPerYear.toString(),
    returned_per_year: returned.toString(),
    lost_per_year: lostPerYear.toString(),
    lost_vnd: lost,
    paid_by_person_vnd: Math.max(paid - paidOut.state_support.amount_vnd, 0),
    months_deleted: months,
    months_missing_for_pension: missing,
    funeral_allowance_vnd: funeral,
    lost: [
      'pension',
      'health_card',
      ...(funeral === null ? [] : ['funeral_allowance']),
      'survivors_lump_sum',
      ...(paidOut.deducted_vnd > 0 ? ['state_support'] : []),
      'years',
    ],
  };
}
