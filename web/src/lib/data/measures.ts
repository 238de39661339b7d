// What was counted at an activity: the lines that its kind asks for, and what of them is to be sent.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import type { Activity, ActivityKind } from './activities';

type Schemas = components['schemas'];
export type Measure = Schemas['Measure'];
export type MeasureReport = Schemas['MeasureReport'];

/** The counted values; every version of them, oldest first, when `history` is wanted. */
export const measureList = async (id: string, history = false) =>
  (
    await content(
      client.GET('/api/v1/activities/{id}/measures', { params: { path: { id }, query: { history } } }),
    )
  ).items;
export const measuresReport = (id: string, measures: MeasureReport[]) =>
  content(client.POST('/api/v1/activities/{id}/measures', { params: { path: { id } }, body: { measures } }));

/** How a measure is told: as a whole, by language, or by audience group. */
export type Split = 'whole' | 'language' | 'group';

/** One line of the form: a measure, or its part in one language or for one group. */
export interface Line {
  measure: string;
  language: string;
  audience_group: string;
  /** None while nothing was typed. */
  value: number | null;
}

const sameKey = (a: Omit<Line, 'value'>, b: Omit<Line, 'value'>) =>
  a.measure === b.measure && a.language === b.language && a.audience_group === b.audience_group;

/** What was told of a line. */
export const toldOf = (line: Omit<Line, 'value'>, told: Measure[]): number | null =>
  told.find((one) => sameKey(one, line))?.value ?? null;

/** The languages and groups by which the measures of an activity can be told. */
export interface Parts {
  languages: string[];
  groups: string[];
}

/** The ways in which the measures of a kind can be told. */
export function splitsOf(kind: ActivityKind, parts: Parts): Split[] {
  const splits: Split[] = ['whole'];
  if (kind.languages && parts.languages.length) splits.push('language');
  if (kind.attendance_groups && parts.groups.length) splits.push('group');
  return splits;
}

/**
 * How a measure was told so far; when it was not, by group where people of several groups attend, by language where
 * it is spread in languages, else as a whole.
 */
export function splitOf(
  measure: string,
  kind: ActivityKind,
  activity: Pick<Activity, 'languages' | 'audiences'>,
  told: Measure[],
): Split {
  const counted = told.filter((one) => one.measure === measure && one.value !== 0);
  if (counted.some((one) => one.audience_group)) return 'group';
  if (counted.some((one) => one.language)) return 'language';
  if (counted.length) return 'whole';
  const isFirst = kind.measures[0]?.id === measure;
  if (kind.attendance_groups) return isFirst && activity.audiences.length > 1 ? 'group' : 'whole';
  return kind.languages && activity.languages.length ? 'language' : 'whole';
}

/** The lines of a measure told in a way, with what was reported before. */
export function linesOf(measure: string, split: Split, parts: Parts, told: Measure[]): Line[] {
  const own = told.filter((one) => one.measure === measure);
  const distinct = (ids: string[]) => [...new Set(ids)];
  const keys =
    split === 'language'
      ? distinct([...parts.languages, ...own.flatMap((one) => one.language || [])]).map((language) => ({
          language,
          audience_group: '',
        }))
      : split === 'group'
        ? distinct([...parts.groups, ...own.flatMap((one) => one.audience_group || [])]).map(
            (audience_group) => ({ language: '', audience_group }),
          )
        : [{ language: '', audience_group: '' }];
  return keys.map((key) => {
    const line = { measure, ...key };
    return { ...line, value: toldOf(line, own) };
  });
}

/**
 * What is to be sent: lines that are new or differ from what was told, each with the version that it corrects. What
 * was told of these measures in another way becomes zero, so that nothing is counted twice.
 *
 * `day`: the one that values count for; what was told before keeps its own, unless the day was `chosen` anew.
 */
export function changedMeasures(
  lines: Line[],
  told: Measure[],
  day: string,
  chosen = false,
): MeasureReport[] {
  const changed: MeasureReport[] = [];
  const dayOf = (known?: Measure) => (chosen ? day : (known?.day ?? day));
  const send = (line: Omit<Line, 'value'>, value: number, known?: Measure) =>
    changed.push({
      measure: line.measure,
      language: line.language,
      audience_group: line.audience_group,
      value,
      day: dayOf(known),
      evidence_file_id: known?.evidence_file_id ?? null,
      version: known?.version ?? null,
    });
  const typed = lines.filter((line) => line.value !== null);
  for (const line of typed) {
    const known = told.find((one) => sameKey(one, line));
    if (!known || known.value !== line.value || known.day !== dayOf(known))
      send(line, line.value ?? 0, known);
  }
  const measures = new Set(typed.map((line) => line.measure));
  for (const known of told)
    if (known.value !== 0 && measures.has(known.measure) && !lines.some((line) => sameKey(line, known)))
      send(known, 0, known);
  return changed;
}

/** Earlier versions of a line, oldest first. */
export const earlierOf = (line: Line, history: Measure[]) =>
  history.filter((one) => sameKey(one, line)).sort((a, b) => a.version - b.version);

/** The versions that count now. */
export const currentOf = (history: Measure[]) =>
  history.filter((one) => !history.some((other) => sameKey(other, one) && other.version > one.version));
