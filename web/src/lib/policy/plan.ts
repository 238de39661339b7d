// What will be paid from now on, by the rules of the day asked for.
import { monthOf, monthText } from './calendar';
import { allOf, byTime, inOrder, lastMonth, monthsOf, type Span } from './career';
import type { Category } from './document';
import type { Law } from './law';
import { step, type Trace } from './steps';
import { checkIncome, monthlyContribution } from './voluntarySi';
import { stateSupport, type StateSupport } from './withdrawal';

export interface FurtherInput {
  income_vnd: number;
  months?: number | null;
  from?: string | null;
  categories?: Category[];
}

export interface Further {
  from: string;
  to: string;
  months: number;
  income_vnd: number;
  monthly_vnd: number;
  contribution_vnd: number;
  state_support: StateSupport;
  payer_vnd: number;
}

/** The whole working life as it is meant to be. */
export interface Plan {
  spans: Span[];
  further: Further | null;
}

/** Without `further`, who lacks months goes on with the last income, or the lowest that may be chosen. */
export function planned(
  law: Law,
  on: string,
  spans: Span[],
  further: FurtherInput | null | undefined,
  trace: Trace,
): Plan {
  const { minimum_years: minimum } = law.on('retirement', on);
  const missing = Math.max(minimum[0] * 12 - allOf(monthsOf(law, spans)), 0);
  const months = further?.months ?? missing;
  if (months === 0) return { spans, further: null };
  law.check('further.months', months, 0, 720);
  const voluntary = law.on('voluntary_si', on);
  const last = spans.reduce<Span | undefined>(
    (last, span) => (last && last.to > span.to ? last : span),
    undefined,
  );
  const [floor] = voluntary.poverty_line;
  const lastIncome = Math.min(Math.max(last?.income ?? floor, floor), voluntary.income_ceiling_vnd);
  const offStep = voluntary.income_step ? (lastIncome - floor) % voluntary.income_step[0] : 0;
  const income = further?.income_vnd ?? lastIncome - offStep;
  checkIncome(law, voluntary, on, income, trace);
  const today = monthOf(on);
  const from = further?.from ? monthOf(further.from) : Math.max((lastMonth(spans) ?? -1) + 1, today);
  const to = from + months - 1;
  step(
    trace,
    'compare.further_months',
    { count: months },
    { from: { month: from }, to: { month: to }, income: { vnd: income } },
    [minimum],
  );
  const categories = further ? (further.categories ?? []) : (last?.categories ?? []);
  const span: Span = { from, to, income, scheme: 'voluntary_si', categories };
  const rules = law.on('withdrawal', on);
  const before = stateSupport(law, rules, on, byTime(spans));
  const whole = [...spans, span];
  const after = stateSupport(law, rules, on, inOrder(law, whole));
  const support = {
    months: after.months - before.months,
    amount_vnd: after.amount_vnd - before.amount_vnd,
  };
  const monthly = monthlyContribution(voluntary, income, trace);
  const contribution = monthly * months;
  const payer = Math.max(contribution - support.amount_vnd, 0);
  step(
    trace,
    'compare.further_payment',
    { vnd: payer },
    {
      months: { count: months },
      monthly: { vnd: monthly },
      supported: { count: support.months },
      support: { vnd: support.amount_vnd },
    },
  );
  return {
    spans: whole,
    further: {
      from: monthText(from),
      to: monthText(to),
      months,
      income_vnd: income,
      monthly_vnd: monthly,
      contribution_vnd: contribution,
      state_support: support,
      payer_vnd: payer,
    },
  };
}
