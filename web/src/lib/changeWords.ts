// What a change did, in words: each field with what it was and what it is.
import { formatDate, formatInstant, formatNumber, formatPeriod } from './format';
import { i18n, t } from './i18n/index.svelte';

export interface FieldChange {
  field: string;
  label: string;
  before?: string;
  after?: string;
}

type Json = Record<string, unknown>;
const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What only programs want to know. */
const SILENT = new Set(['id', 'ids', 'version', 'grant_id', 'import_id']);
/** How the keys of words for single values begin. */
const VALUES = [
  'campaign.state.',
  'task.state.',
  'activity.state.',
  'monthly.line_',
  'scheme.',
  'outcome.',
  'role.',
  'language.',
];

/** `admin_unit_id` as people read it; words that are not known stay readable. */
function labelOf(field: string): string {
  return i18n.find(`change_log.field.${field}`) ?? field.replaceAll('_', ' ');
}

/** `names` says what is behind an id. */
function valueOf(field: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'boolean') return t(value ? 'change_log.yes' : 'change_log.no');
  if (typeof value === 'number') return field === 'progress' ? `${value}%` : formatNumber(value);
  if (Array.isArray(value)) {
    const isShort = value.length <= 5 && value.every((one) => !isRecord(one) && !Array.isArray(one));
    if (isShort) return value.map((one) => valueOf(field, one, names)).join(', ') || '–';
    return t('change_log.items', { count: formatNumber(value.length) });
  }
  if (isRecord(value))
    return Object.entries(value)
      .filter(([name]) => !SILENT.has(name))
      .map(([name, one]) => `${labelOf(name)}: ${valueOf(name, one, names)}`)
      .join('; ');
  const text = String(value);
  const name = names.get(text);
  if (name) return name;
  if (field === 'period') return formatPeriod(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return formatDate(text);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text)) return formatInstant(text);
  for (const start of VALUES) {
    const word = i18n.find(start + text);
    if (word) return word;
  }
  return text;
}

/** The fields that were set or have changed, in the order in which the record names them. */
export function fieldChanges(
  before: unknown,
  after: unknown,
  names: ReadonlyMap<string, string> = new Map(),
): FieldChange[] {
  const [old, now] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
  const fields = [...new Set([...Object.keys(now), ...Object.keys(old)])];
  return fields.flatMap((field) => {
    const [was, is] = [old[field], now[field]];
    const isSame = JSON.stringify(was) === JSON.stringify(is);
    if (SILENT.has(field) || (field in old && field in now && isSame)) return [];
    if ((was === null || was === undefined) && (is === null || is === undefined)) return [];
    const change: FieldChange = { field, label: labelOf(field) };
    if (field in old) change.before = valueOf(field, was, names);
    if (field in now) change.after = valueOf(field, is, names);
    return [change];
  });
}

/** The ids that stand in a record under these fields, at any depth. */
export function idsUnder(value: unknown, isWanted: (field: string) => boolean): string[] {
  const found = new Set<string>();
  const walk = (one: unknown, field: string) => {
    if (typeof one === 'string' && isWanted(field)) found.add(one);
    else if (Array.isArray(one)) for (const part of one) walk(part, field);
    else if (isRecord(one)) for (const [name, part] of Object.entries(one)) walk(part, name);
  };
  walk(value, '');
  return [...found];
}

/** `task_review` in English; the server names operations in Vietnamese only. */
export function wordsOf(code: string, vietnamese: string): string {
  if (i18n.locale === 'vi') return vietnamese;
  const words = code.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
