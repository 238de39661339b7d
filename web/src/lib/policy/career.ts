// A working life as people tell it: from month to month, so much a month, in which scheme.
import { firstDay, lastDay, monthOf, type Month } from './calendar';
import type { Category, Scheme } from './document';
import type { Law } from './law';

export interface SpanInput {
  from: string;
  to: string;
  income_vnd: number;
  scheme?: Scheme;
  categories?: Category[];
}

export interface CareerInput {
  spans?: SpanInput[];
}

export interface Span {
  from: Month;
  to: Month;
  income: number;
  scheme: Scheme;
  categories: Category[];
}

export interface Months {
  voluntary: number;
  compulsory: number;
  bought: number;
  before_2014: number;
}

/** The spans as they were given. */
export const spansOf = (career: CareerInput | undefined): Span[] =>
  (career?.spans ?? []).map((span) => ({
    from: monthOf(span.from),
    to: monthOf(span.to),
    income: span.income_vnd,
    scheme: span.scheme ?? 'voluntary_si',
    categories: span.categories ?? [],
  }));

export const monthsUntil = (span: Span, last: Month): number =>
  Math.max(Math.min(span.to, last) - span.from + 1, 0);
export const monthsIn = (span: Span): number => monthsUntil(span, span.to);
export const byTime = (spans: Span[]): Span[] => [...spans].sort((a, b) => a.from - b.from);
const sum = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0);

/** The spans in order of time, after all checks: a month counts once, in one scheme. */
export function inOrder(law: Law, spans: Span[]): Span[] {
  for (const span of spans) {
    if (span.to < span.from)
      throw law.refused('career.span_reversed', {
        month: { month: span.from },
        other_month: { month: span.to },
      });
    law.check('income_vnd', span.income, 1, law.limits.income_vnd);
  }
  const ordered = byTime(spans);
  for (const [at, span] of ordered.entries()) {
    const next = ordered[at + 1];
    if (next && next.from <= span.to)
      throw law.refused(next.scheme === span.scheme ? 'career.month_twice' : 'career.month_in_both_schemes', {
        month: { month: next.from },
      });
  }
  const months = sum(spans.map(monthsIn));
  if (months === 0) throw law.refused('career.empty');
  law.check('months', months, 1, law.limits.months);
  return ordered;
}

export function monthsOf(law: Law, spans: Span[]): Months {
  const of = (scheme: Scheme) => sum(spans.filter((span) => span.scheme === scheme).map(monthsIn));
  return {
    voluntary: of('voluntary_si'),
    compulsory: of('compulsory_si'),
    bought: 0,
    before_2014: sum(spans.map((span) => monthsUntil(span, law.since('more_from') - 1))),
  };
}

export const allOf = (months: Months): number => months.voluntary + months.compulsory;

export const lastMonth = (spans: Span[]): Month | undefined =>
  spans.length ? Math.max(...spans.map((span) => span.to)) : undefined;
export const firstMonth = (spans: Span[]): Month | undefined =>
  spans.length ? Math.min(...spans.map((span) => span.from)) : undefined;

/** Checks the spans, and that no voluntary income lies outside what could be chosen at its time. */
export function checkIncomes(law: Law, on: string, spans: Span[]): void {
  inOrder(law, spans);
  for (const span of spans.filter((one) => one.scheme === 'voluntary_si')) {
    const paid = earlier(lastDay(span.to), on);
    if (paid >= law.document.days[0]) {
      const ceiling = law.says(law.entry(law.document.income_ceilings, paid), paid);
      if (span.income > ceiling.amount_vnd)
        throw law.limited('voluntary_si.income_above_ceiling', ceiling.source, {
          income: { vnd: span.income },
          limit: { vnd: ceiling.amount_vnd },
          on: { day: paid },
        });
    }
    const prepaid = earlier(firstDay(span.from - law.limits.prepaid_months), on);
    const line = law.entry(law.document.income_floors, prepaid);
    const floor = 'rules' in line ? line.rules : undefined;
    if (floor && span.income < floor.amount_vnd)
      throw law.limited('voluntary_si.income_below_floor', floor.source, {
        income: { vnd: span.income },
        limit: { vnd: floor.amount_vnd },
        on: { day: prepaid },
      });
  }
}

const earlier = (one: string, other: string): string => (one < other ? one : other);
