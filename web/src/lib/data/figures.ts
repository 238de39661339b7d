// Figures: the value of an indicator for a unit and a period, with what it is compared with and made of.
import { api } from '$lib/api/pending';
import { PER_YEAR, periodParse } from '$lib/periods';
import type { Page } from './page';

export interface Indicator {
  id: string;
  name_vi: string;
  name_en: string;
  nature: string;
  direction: string;
  unit_vi: string;
  unit_en: string;
  decimals: number;
  fed_by: string;
}
export interface FigureComparison {
  against: string;
  period: string;
  value: number | null;
  absolute: number | null;
  relative_permille: number | null;
  good: boolean | null;
  apportioned: boolean;
}
export interface FigureTarget {
  period: string;
  target: number;
  value: number | null;
  share_permille: number | null;
  missing: number | null;
  reached: boolean | null;
}
export interface Figure {
  period: string;
  first_day: string;
  last_day: string;
  boundary_date: string;
  stands_in: boolean;
  value: number | null;
  marks: string[];
  by_state: { state: string; value: number }[];
  completeness: { reported: number; expected: number } | null;
  comparisons: FigureComparison[];
  target: FigureTarget | null;
}
export interface FigureAnswer {
  indicator: Indicator;
  admin_unit_id: string;
  admin_unit_name: string;
  items: Figure[];
  notices: { code: string; message: string }[];
}
export interface FigureChild {
  admin_unit_id: string;
  admin_unit_name: string;
  figure: Figure;
}
export interface FigureRecord {
  source_entity: string;
  source_id: string;
  admin_unit_name: string;
  organization_name: string | null;
  day: string;
  state: string;
  value: number;
}

export interface FigureQuestion {
  indicator: string;
  /** `vn` for the country. */
  admin_unit_id: string;
  period: string;
  /** `as_was`, `as_now` or a day. */
  boundaries: string;
}

const COMPARE = 'previous,last_year,target';

export const indicatorList = () => api.get<{ items: Indicator[] }>('/indicators');
export const figureGet = (question: FigureQuestion) =>
  api.get<FigureAnswer>('/figures', { ...question, compare: COMPARE });
export const figureSeries = ({ period, ...question }: FigureQuestion, from: string) =>
  api.get<FigureAnswer>('/figures', { ...question, from, to: period });
export const figureChildren = (question: FigureQuestion) =>
  api.get<{ items: FigureChild[] }>('/figures/children', { ...question, compare: COMPARE });
export const figureRecords = (question: FigureQuestion) =>
  api.get<Page<FigureRecord>>('/figures/records', { ...question });

/** A value of the API as a number: 553 with one decimal is 55.3. */
export const scaled = (value: number | null | undefined, decimals: number) =>
  value === null || value === undefined ? null : value / 10 ** decimals;

/** The figure against an earlier period. */
export const against = (figure: Figure, what: 'previous' | 'last_year') =>
  figure.comparisons.find((one) => one.against === what);

export const isApportioned = (figure: Figure) => figure.marks.includes('apportioned');

export const ofState = (figure: Figure, state: string) =>
  figure.by_state.find((one) => one.state === state)?.value ?? null;

/**
 * The boundaries to ask for when nobody chose: as it was, unless the unit was not there yet in that period.
 * Units of the structure of July 2025 are called `new-`.
 */
export function boundariesFor(unitId: string, period: string): string {
  const parts = periodParse(period);
  if (!parts || !unitId.startsWith('new-')) return 'as_was';
  const lastMonth = (parts.number * 12) / PER_YEAR[parts.kind];
  return parts.year < 2025 || (parts.year === 2025 && lastMonth < 7) ? 'as_now' : 'as_was';
}
