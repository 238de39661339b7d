// Where in the editor a part of a plan stands, by the paths that the server uses: `plan.slogans[2].audience`.
import type { Plan } from '$lib/data/campaigns';
import type { Line, PlanDraft } from './draft';

/** The sections of the editor in the order of the document, with the parts of the plan that stand in them. */
export const SECTIONS = [
  { id: 'general', parts: ['name', 'first_day', 'last_day'] },
  { id: 'bases', parts: ['legal_bases'] },
  { id: 'purpose', parts: ['objectives'] },
  { id: 'requirements', parts: ['requirements', 'method'] },
  { id: 'audience', parts: ['audiences', 'theme', 'main_message', 'logo', 'slogans'] },
  { id: 'channels', parts: ['channels', 'means'] },
  { id: 'activities', parts: ['workstreams', 'activities_planned'] },
  { id: 'responsibilities', parts: ['responsibilities'] },
  { id: 'budget', parts: ['budget_lines'] },
  { id: 'report', parts: ['report'] },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];

/** The path within the plan: without `plan.`. */
const inPlan = (field: string) => field.replace(/^plan\./, '');

/** The section in which a field of the server's answer stands. */
export function sectionOf(field: string): SectionId | undefined {
  const part = /^\w+/.exec(inPlan(field))?.[0];
  return SECTIONS.find(({ parts }) => (parts as readonly string[]).includes(part ?? ''))?.id;
}

/** The part of the plan of a field, and the number of the line from 1: `objectives.specific`, 2. */
export function partOf(field: string): { part: string; number?: number } {
  const path = inPlan(field);
  const [, list, index] = /^([\w.]+)\[(\d+)\]/.exec(path) ?? [];
  return list ? { part: list, number: Number(index) + 1 } : { part: path };
}

/** The id of the element at which a field of the server's answer stands: `slogans-2`. */
export function anchorOf(field: string): string {
  const { part, number } = partOf(field);
  return number ? anchorOfLine(part, number - 1) : part;
}
export const anchorOfLine = (list: string, index: number) => `${list}-${index}`;

/** What a fault is kept under while lines move: the key of the line instead of its number. */
export const placeOf = (path: string, line?: Line, field?: string) =>
  [path, line && `#${line.key}`, field && `.${field}`].filter(Boolean).join('');

/** The place of a field of the server's answer in the draft that was sent. */
export function placeOfFault(field: string, draft: PlanDraft): string {
  const path = inPlan(field);
  const [, list, index, inLine] = /^([\w.]+)\[(\d+)\](?:\.(\w+))?$/.exec(path) ?? [];
  if (!list) return path;
  const lines = list.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], draft);
  const line = (lines as Line[] | undefined)?.[Number(index)];
  return line ? placeOf(list, line, inLine) : path;
}

/** Parts without which the server issues no plan. */
export function missingParts(
  plan: Plan,
): ('objectives.overall' | 'legal_bases' | 'workstreams' | 'responsibilities')[] {
  return [
    ...(plan.legal_bases.length ? [] : ['legal_bases' as const]),
    ...(plan.objectives.overall.trim() ? [] : ['objectives.overall' as const]),
    ...(plan.workstreams.length ? [] : ['workstreams' as const]),
    ...(plan.responsibilities.length ? [] : ['responsibilities' as const]),
  ];
}

/** The wording of a difference with names for ids: they begin it, end it, or stand alone in brackets. */
export const named = (text: string, names: Map<string, string>) =>
  text.replace(/(?<=^|[[(]|: )[\w.-]+(?=$|[\])]| \()/g, (id) => names.get(id) ?? id);
