// Figures: the value of an indicator for a unit and a period, with what it is compared with and made of.
import { api } from '$lib/api/pending';
import type { Page } from './page';

export interface Indicator {
  id: string;
  name_vi: string;
  name_en: string;
  kind: 'stock' | 'flow' | 'ratio';
  direction: 'up' | 'down';
  unit_vi: string;
  unit_en: string;
  /** Digits after the comma that the value is told with; values are whole numbers of the last digit. */
  decimals: number;
}

/** One value and what must be said about it. */
export interface Figure {
  value: number | null;
  /** Divided between units by a stated weight. */
  apportioned: boolean;
  /** Reports that are there, and that should be there. */
  reports: number;
  expected: number;
  boundary_date: string;
}

export interface Comparison {
  period: string;
  value: number | null;
  absolute: number | null;
  /** In percent. */
  relative: number | null;
}

export interface FigureAnswer {
  indicator: Indicator;
  admin_unit: { id: string; name: string };
  period: string;
  figure: Figure;
  claimed: number | null;
  confirmed: number | null;
  previous: Comparison | null;
  last_year: Comparison | null;
  target: { period: string; value: number; share: number | null } | null;
  children: {
    admin_unit_id: string;
    name: string;
    figure: Figure;
    previous: number | null;
    last_year: number | null;
  }[];
}

export interface FigureQuestion {
  indicator: string;
  admin_unit_id: string;
  period: string;
  /** `as_it_was`, `as_it_is_now` or a day. */
  boundaries: string;
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

export const indicatorList = () => api.get<Page<Indicator>>('/indicators');
export const figureGet = (question: FigureQuestion) => api.get<FigureAnswer>('/figures', { ...question });
export const figureSeries = (question: FigureQuestion, periods: string[]) =>
  api.get<{ period: string; figure: Figure }[]>('/figures/series', { ...question, periods });
export const figureRecords = (question: FigureQuestion, page?: string | null) =>
  api.get<Page<FigureRecord>>('/figures/records', { ...question, page });
