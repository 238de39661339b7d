// Figures: the value of an indicator for a unit and a period, with what it is compared with and made of.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { adminUnitGet } from './adminUnits';
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

/** The id under which the API knows the whole country. */
export const COUNTRY = 'vn';

const COMPARE = 'previous,last_year,target';

export const indicatorList = () => content(client.GET('/api/v1/indicators'));
export const figureGet = (question: FigureQuestion) =>
  content(client.GET('/api/v1/figures', { params: { query: { ...question, compare: COMPARE } } }));
/** Several periods up to the question's, each with what it is compared with. */
export const figureHistory = ({ period, ...question }: FigureQuestion, from: string) =>
  content(
    client.GET('/api/v1/figures', { params: { query: { ...question, from, to: period, compare: COMPARE } } }),
  );
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

/** The last period for which any of the answers has a value. */
export function latestPeriod(answers: Pick<FigureAnswer, 'items'>[]): string | undefined {
  const known = answers.flatMap((answer) =>
    answer.items.filter((figure) => figure.value !== null && figure.value !== undefined),
  );
  return known.reduce<Figure | undefined>(
    (latest, figure) => (latest && latest.last_day >= figure.last_day ? latest : figure),
    undefined,
  )?.period;
}

/** A value of the API as a number: 553 with one decimal is 55.3. */
export const scaled = (value: number | null | undefined, decimals: number) =>
  value === null || value === undefined ? null : value / 10 ** decimals;

/** The figure against an earlier period. */
export const against = (figure: Figure, what: 'previous' | 'last_year') =>
  figure.comparisons.find((one) => one.against === what);

export const isApportioned = (figure: Figure) => figure.marks.includes('apportioned');

export const ofState = (figure: Figure, state: string) =>
  figure.by_state.find((one) => one.state === state)?.value ?? null;

/** Boundaries on which a unit is there, whatever the period: those of today, or of its last day. */
export async function standingBoundaries(unitId: string): Promise<string> {
  if (unitId === COUNTRY) return 'as_now';
  const unit = await adminUnitGet(unitId);
  return unit.in_force ? 'as_now' : (unit.valid_to ?? 'as_now');
}

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
