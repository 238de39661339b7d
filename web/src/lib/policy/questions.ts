// From what somebody chose on the screen to the question of a calculator; none while something needed is missing.
import { monthOf, monthText } from './calendar';
import type { CompareInput } from './compare';
import type { CurveInput } from './curve';
import type { Category, Mode, Reason, Scheme, Sex } from './document';
import type { HouseholdInput } from './householdHi';
import type { PaymentInput } from './voluntarySi';

/** What the screen holds, as text, so that a link can carry it. */
export interface Chosen {
  tab: string;
  /** The day whose law holds. */
  on: string;
  /** Chosen income, in đồng per month. */
  income: string;
  category: string;
  mode: string;
  /** `1986-05`, or `1986` if the month is not known. */
  born: string;
  sex: string;
  /** Years to pay from now on; as many as a pension takes if empty. */
  years: string;
  /** One group for each member, `household` for those who pay by order, joined with commas. */
  members: string;
  /** Months that the cards are paid for. */
  period: string;
  /** Months paid so far. */
  paid: string;
  /** Last month paid. */
  last: string;
  /** Income of the months paid. */
  wage: string;
  scheme: string;
  reason: string;
}

export const HOUSEHOLD = 'household';
export const MOST_MEMBERS = 12;

const number = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);
const isBorn = (text: string): boolean => /^(19|20)\d\d(-(0[1-9]|1[0-2]))?$/.test(text);
const categories = (chosen: Chosen): Category[] =>
  chosen.category === 'other' ? [] : [chosen.category as Category];

export function paymentOf(chosen: Chosen): PaymentInput | undefined {
  const income = number(chosen.income);
  if (income === undefined) return undefined;
  return { income_vnd: income, mode: chosen.mode as Mode, categories: categories(chosen) };
}

export function curveOf(chosen: Chosen): CurveInput | undefined {
  const income = number(chosen.income);
  if (income === undefined || !isBorn(chosen.born) || !chosen.sex) return undefined;
  const years = number(chosen.years);
  return {
    born: chosen.born,
    sex: chosen.sex as Sex,
    further: {
      income_vnd: income,
      months: years === undefined ? null : years * 12,
      categories: categories(chosen),
    },
  };
}

/** The group of each member. */
export const membersOf = (chosen: Chosen): string[] =>
  chosen.members.split(',').filter(Boolean).slice(0, MOST_MEMBERS);

export function householdOf(chosen: Chosen): HouseholdInput {
  const members = membersOf(chosen).map((group) => (group === HOUSEHOLD ? {} : { groups: [group] }));
  return { months: number(chosen.period) ?? 0, members };
}

export function compareOf(chosen: Chosen): CompareInput | undefined {
  const [paid, wage] = [number(chosen.paid), number(chosen.wage)];
  const hasLast = /^\d{4}-\d{2}$/.test(chosen.last);
  if (!paid || wage === undefined || !hasLast || !isBorn(chosen.born) || !chosen.sex) return undefined;
  const to = monthOf(chosen.last);
  const span = {
    from: monthText(to - paid + 1),
    to: chosen.last,
    income_vnd: wage,
    scheme: chosen.scheme as Scheme,
    categories: [],
  };
  return {
    born: chosen.born,
    sex: chosen.sex as Sex,
    reason: chosen.reason as Reason,
    career: { spans: [span] },
  };
}
