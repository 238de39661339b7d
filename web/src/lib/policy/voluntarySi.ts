// Voluntary social insurance: what a block costs, what of it the State and the province pay.
import { monthOf, monthText } from './calendar';
import type { Category, CategorySupport, Mode, VoluntarySiTable } from './document';
import { Rate } from './exact';
import type { Law } from './law';
import { step, type Trace } from './steps';

export interface PaymentInput {
  income_vnd: number;
  mode: Mode;
  first_month?: string | null;
  categories?: Category[];
  supported_months?: number;
  residence?: { province: string; area?: string | null } | null;
}

export interface Payment {
  months: number;
  first_month: string;
  last_month: string;
  pay_by: string;
  monthly_vnd: number;
  contribution_vnd: number;
  support: { months: number; state_monthly_vnd: number; state_vnd: number; local_vnd: number };
  payer_vnd: number;
}

const MODES: Mode[] = ['monthly', 'three_months', 'six_months', 'twelve_months'];

/** Refuses an income that may not be chosen on the day. */
export function checkIncome(
  law: Law,
  rules: VoluntarySiTable,
  on: string,
  income: number,
  trace?: Trace,
): void {
  const [floor] = rules.poverty_line;
  const ceiling = rules.income_ceiling_vnd;
  const line = { poverty_line: { vnd: floor } };
  step(trace, 'voluntary_si.income_floor', { vnd: floor }, line, [rules.poverty_line]);
  step(
    trace,
    'voluntary_si.income_ceiling',
    { vnd: ceiling },
    {
      multiple: { count: rules.ceiling_multiple[0] },
      reference_level: { vnd: rules.reference_level[0] },
    },
    [rules.ceiling_multiple, rules.reference_level],
  );
  const named = { income: { vnd: income }, on: { day: on } };
  const below = income < floor;
  const above = income > ceiling;
  if (rules.income_step) {
    const [width] = rules.income_step;
    step(trace, 'voluntary_si.income_step', { vnd: width }, { ...line, step: { vnd: width } }, [
      rules.income_step,
      rules.poverty_line,
    ]);
    const over = (income - floor) % width;
    if (!below && !above && over !== 0)
      throw law.limited('voluntary_si.income_off_step', rules.income_step, {
        ...named,
        limit: { vnd: floor },
        step: { vnd: width },
        lower: { vnd: income - over },
        upper: { vnd: income - over + width },
      });
  }
  if (below)
    throw law.limited('voluntary_si.income_below_floor', rules.poverty_line, {
      ...named,
      limit: { vnd: floor },
    });
  if (above)
    throw law.limited('voluntary_si.income_above_ceiling', rules.ceiling_multiple, {
      ...named,
      limit: { vnd: ceiling },
    });
}

export function monthlyContribution(rules: VoluntarySiTable, income: number, trace?: Trace): number {
  const rate = Rate.parse(rules.contribution_rate[0]);
  const monthly = rate.share(income);
  step(
    trace,
    'voluntary_si.contribution_monthly',
    { vnd: monthly },
    { rate: { share: rate }, income: { vnd: income } },
    [rules.contribution_rate],
  );
  return monthly;
}

/** The first of the ranked categories that the person is in; everybody is in "other". */
export const counting = <T>(ranked: T[], category: (one: T) => Category, of: Category[]): T | undefined =>
  ranked.find((one) => category(one) === 'other' || of.includes(category(one)));

export function payment(law: Law, on: string, input: PaymentInput, trace: Trace): Payment {
  const rules = law.on('voluntary_si', on);
  const mode = rules.modes[MODES.indexOf(input.mode)];
  if (!mode) throw new Error(`no mode ${input.mode}`);
  const [[months], [monthOfBlock]] = mode;
  checkIncome(law, rules, on, input.income_vnd, trace);
  const monthly = monthlyContribution(rules, input.income_vnd, trace);
  const contribution = monthly * months;
  step(
    trace,
    'voluntary_si.contribution',
    { vnd: contribution },
    { months: { count: months }, monthly: { vnd: monthly } },
    [mode[0]],
  );
  const support = supported(law, rules, input, months, contribution, trace);
  const first = monthOf(input.first_month ?? on);
  const payBy = first + monthOfBlock - 1;
  step(
    trace,
    'voluntary_si.deadline',
    { month: payBy },
    { month_of_block: { count: monthOfBlock }, first_month: { month: first } },
    [mode[1]],
  );
  const payer = contribution - support.state_vnd - support.local_vnd;
  step(
    trace,
    'voluntary_si.payer',
    { vnd: payer },
    {
      contribution: { vnd: contribution },
      state: { vnd: support.state_vnd },
      local: { vnd: support.local_vnd },
    },
  );
  return {
    months,
    first_month: monthText(first),
    last_month: monthText(first + months - 1),
    pay_by: monthText(payBy),
    monthly_vnd: monthly,
    contribution_vnd: contribution,
    support,
    payer_vnd: payer,
  };
}

function supported(
  law: Law,
  rules: VoluntarySiTable,
  input: PaymentInput,
  months: number,
  contribution: number,
  trace: Trace,
): Payment['support'] {
  const chosen = counting(rules.support, (one) => one.category, input.categories ?? []);
  if (!chosen) throw new Error('a table without the category "other"');
  const word = { word: `category.${chosen.category}` };
  const rate = { share: Rate.parse(chosen.rate[0]) };
  const lowest = {
    contribution_rate: { share: Rate.parse(rules.contribution_rate[0]) },
    poverty_line: { vnd: rules.poverty_line[0] },
  };
  step(trace, 'voluntary_si.support_category', word, { rate }, [chosen.rate]);
  step(
    trace,
    'voluntary_si.support_monthly',
    { vnd: chosen.monthly_vnd },
    { support_rate: rate, ...lowest },
    [chosen.rate, rules.contribution_rate, rules.poverty_line],
  );
  const had = input.supported_months ?? 0;
  const [most] = rules.support_max_months;
  if (had > most)
    throw law.limited('voluntary_si.supported_months_too_many', rules.support_max_months, {
      given: had,
      most,
    });
  const count = Math.min(months, most - had);
  step(
    trace,
    'voluntary_si.support_months',
    { count },
    { months: { count: months }, had: { count: had }, most: { count: most } },
    [rules.support_max_months],
  );
  const state = chosen.monthly_vnd * count;
  step(
    trace,
    'voluntary_si.support',
    { vnd: state },
    { months: { count }, monthly: { vnd: chosen.monthly_vnd } },
  );
  let full = 0;
  for (const share of localShares(rules, input.residence, chosen.category)) {
    full += share.monthly_vnd * count;
    step(
      trace,
      'voluntary_si.local_support',
      { vnd: share.monthly_vnd * count },
      { months: { count }, local_rate: { share: Rate.parse(share.rate[0]) }, ...lowest },
      [share.rate, rules.contribution_rate, rules.poverty_line],
    );
  }
  const local = Math.min(full, Math.max(contribution - state, 0));
  if (local < full)
    step(
      trace,
      'voluntary_si.local_support_capped',
      { vnd: local },
      { local: { vnd: full }, contribution: { vnd: contribution }, state: { vnd: state } },
    );
  return { months: count, state_monthly_vnd: chosen.monthly_vnd, state_vnd: state, local_vnd: local };
}

function localShares(
  rules: VoluntarySiTable,
  residence: PaymentInput['residence'],
  category: Category,
): CategorySupport[] {
  const covering = rules.local.filter(
    (one) => residence?.province === one.province && (one.area === undefined || one.area === residence.area),
  );
  return covering.flatMap((one) => one.support.filter((row) => row.category === category));
}
