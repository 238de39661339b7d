// Figures: the value of an indicator for a unit and a period, with what it is compared with and made of.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { PER_YEAR, periodParse } from '$lib/periods';

type Schemas = components['schemas'];
export type Indicator = Schemas['Indicator'];
export type Figure = Schemas['Figure'];
export type FigureAnswer = Schemas['FigureAnswer'];
/** A unit right below the one asked for, with its figure. */
export interface FigureChild {
  admin_unit_id: string;
  admin_unit_name: string;
  figure: Figure;
}
export type FigureRecord = Schemas['FigureRecord'];

export interface FigureQuestion {
  indicator: string;
  /** `vn` for the country. */
  admin_unit_id: string;
  period: string;
  /** `as_was`, `as_now` or a day. */
  boundaries: string;
}

const COMPARE = 'previous,last_year,target';

export const indicatorList = () => content(client.GET('/api/v1/indicators'));
export const figureGet = (question: FigureQuestion) =>
  content(client.GET('/api/v1/figures', { params: { query: { ...question, compare: COMPARE } } }));
export const figureSeries = ({ period, ...question }: FigureQuestion, from: string) =>
  content(client.GET('/api/v1/figures', { params: { query: { ...question, from, to: period } } }));
/** The figure of each unit right below the one asked for. */
export async function figureChildren(question: FigureQuestion): Promise<FigureChild[]> {
  const answer = await content(
    client.GET('/api/v1/figures/breakdown', { params: { query: { ...question, compare: COMPARE } } }),
  );
  return answer.items.flatMap(({ figures, ...unit }) =>
    figures.slice(0, 1).map((figure) => ({ ...unit, figure })),
  );
}
export const figureRecords = (question: FigureQuestion) =>
  content(client.GET('/api/v1/figures/records', { params: { query: { ...question } } }));

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
