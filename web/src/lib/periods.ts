// Period ids (`2022-05`, `R2022-05`, `2022-Q1`, `2022-H1`, `2022`) and the steps between them.

export type PeriodKind = 'month' | 'reporting_month' | 'quarter' | 'half' | 'year';

export interface PeriodParts {
  kind: PeriodKind;
  year: number;
  /** Month, quarter or half, from 1; 1 for a year. */
  number: number;
}

/** How many periods of a kind a year has. */
export const PER_YEAR: Record<PeriodKind, number> = {
  month: 12,
  reporting_month: 12,
  quarter: 4,
  half: 2,
  year: 1,
};

export function periodParse(id: string): PeriodParts | undefined {
  const match = /^(R)?(\d{4})(?:-(?:(\d{2})|Q([1-4])|H([12])))?$/.exec(id);
  if (!match) return undefined;
  const [, reporting, year, month, quarter, half] = match;
  const parts = (kind: PeriodKind, number = 1) => ({ kind, year: Number(year), number });
  if (month) {
    const number = Number(month);
    return number >= 1 && number <= 12 ? parts(reporting ? 'reporting_month' : 'month', number) : undefined;
  }
  if (reporting) return undefined;
  if (quarter) return parts('quarter', Number(quarter));
  return half ? parts('half', Number(half)) : parts('year');
}

export function periodId({ kind, year, number }: PeriodParts): string {
  const month = String(number).padStart(2, '0');
  switch (kind) {
    case 'month':
      return `${year}-${month}`;
    case 'reporting_month':
      return `R${year}-${month}`;
    case 'quarter':
      return `${year}-Q${number}`;
    case 'half':
      return `${year}-H${number}`;
    case 'year':
      return String(year);
  }
}

/** The period `steps` after `id`; before it when negative. */
export function periodShift(id: string, steps: number): string {
  const parts = periodParse(id);
  if (!parts) return id;
  const count = PER_YEAR[parts.kind];
  const index = parts.year * count + (parts.number - 1) + steps;
  return periodId({ kind: parts.kind, year: Math.floor(index / count), number: (index % count) + 1 });
}

/** The period of `kind` that `day` falls into, by calendar. */
export function periodOf(day: string, kind: PeriodKind): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return periodId({ kind, year, number: Math.ceil((month * PER_YEAR[kind]) / 12) });
}

/** The last `count` periods up to and with `id`, oldest first. */
export function periodsUpTo(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => periodShift(id, index - count + 1));
}

/** The months and quarters that days from `first` to `last` fall into; none while a day is not known. */
export function periodsOf(first: string, last: string): string[] {
  if (!first || !last || last < first) return [];
  return (['month', 'quarter'] as const).flatMap((kind) => {
    const periods = [periodOf(first, kind)];
    const end = periodOf(last, kind);
    // A campaign is part of a year or two; more than five years is a slip of the pen.
    while (periods.at(-1) !== end && periods.length < 60) periods.push(periodShift(periods.at(-1) ?? end, 1));
    return periods;
  });
}

const isoDay = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** The first and the last day; a reporting month runs from the 15th of the month before to the 14th. */
export function periodBounds(id: string): { first: string; last: string } | undefined {
  const parts = periodParse(id);
  if (!parts) return undefined;
  const { kind, year, number } = parts;
  if (kind === 'reporting_month')
    return { first: isoDay(year, number - 1, 15), last: isoDay(year, number, 14) };
  const months = 12 / PER_YEAR[kind];
  return { first: isoDay(year, (number - 1) * months + 1, 1), last: isoDay(year, number * months + 1, 0) };
}

/** Whether every day of `inner` lies in `outer`. */
export function periodWithin(inner: string, outer: string): boolean {
  const [small, large] = [periodBounds(inner), periodBounds(outer)];
  return !!small && !!large && large.first <= small.first && small.last <= large.last;
}
