// What was paid against what the pension brings, at every birthday.
import { ageText, monthText, type Month } from './calendar';
import { firstMonth, inOrder, spansOf, type CareerInput, type Span } from './career';
import type { Sex, WithdrawalTable } from './document';
import { birthday, type Law } from './law';
import { pensionOfCareer, type CareerPension } from './pension';
import { planned, type Further, type FurtherInput } from './plan';
import { step, type Trace } from './steps';
import { contributions, stateSupport } from './withdrawal';

export interface CurveInput {
  born: string;
  sex: Sex;
  career?: CareerInput;
  further?: FurtherInput | null;
  until_age?: number;
}

export interface CurvePoint {
  age: number;
  month: string;
  payer_total_vnd: number;
  state_total_vnd: number;
  pension_total_vnd: number;
}

export interface Curve {
  further: Further | null;
  pension: CareerPension;
  recovered_in: string;
  recovered_at: string;
  points: CurvePoint[];
}

const LAST_AGE = 85;

export function curve(law: Law, on: string, input: CurveInput, trace: Trace): Curve {
  const given = spansOf(input.career);
  if (given.length) inOrder(law, given);
  const untilAge = input.until_age ?? LAST_AGE;
  law.check('until_age', untilAge, 1, 120);
  const rules = law.on('withdrawal', on);
  const plan = planned(law, on, given, input.further, trace);
  const born = birthday(input.born);
  const { first, ...pension } = pensionOfCareer(law, on, born, input.sex, plan.spans, trace);
  const spans = inOrder(law, plan.spans);
  const allowance = pension.pension.one_time_allowance.amount_vnd;
  const points: CurvePoint[] = [];
  const firstAge = Math.floor(((firstMonth(spans) ?? first) - born.month) / 12);
  for (let age = firstAge; age <= untilAge; age++) {
    const month = born.month + age * 12;
    const months = Math.max(month - first + 1, 0);
    const [payer, state] = paidUntil(law, rules, on, spans, month);
    points.push({
      age,
      month: monthText(month),
      payer_total_vnd: payer,
      state_total_vnd: state,
      pension_total_vnd: pension.pension.pension_vnd * months + (months > 0 ? allowance : 0),
    });
  }
  const [payer] = paidUntil(law, rules, on, spans, first);
  const monthly = Math.max(pension.pension.pension_vnd, 1);
  const months = Math.ceil(Math.max(payer - allowance, 0) / monthly);
  const recovered = first + Math.min(Math.max(months, 1), 2_400) - 1;
  step(trace, 'tables.curve', { month: recovered }, { on: { day: on } });
  return {
    further: plan.further,
    pension,
    recovered_in: monthText(recovered),
    recovered_at: ageText(recovered - born.month),
    points,
  };
}

/** By the person and by the State, until the end of the month. */
function paidUntil(
  law: Law,
  rules: WithdrawalTable,
  on: string,
  spans: Span[],
  month: Month,
): [payer: number, state: number] {
  const until = spans
    .filter((span) => span.from <= month)
    .map((span) => ({ ...span, to: Math.min(span.to, month) }));
  const state = stateSupport(law, rules, on, until).amount_vnd;
  return [Math.max(contributions(rules, until) - state, 0), state];
}
