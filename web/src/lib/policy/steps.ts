// The steps of a calculation: values with the ids of the engine's sentences, filled in when somebody reads them.
import { monthText } from './calendar';
import type { Both, PolicyDocument, Told } from './document';
import { Rate } from './exact';

export type Language = 'vi' | 'en';

export type Value =
  | { vnd: number }
  | { share: Rate }
  | { number: Rate }
  | { count: number }
  | { month: number }
  | { day: string }
  | { year: number }
  | { age: number }
  | { word: string }
  | { is: boolean };

export interface Step {
  id: string;
  inputs: Record<string, Value>;
  result: Value;
  sources: number[];
  doubts: string[];
}

/** Takes the steps in their order. */
export type Trace = Step[];

/** Where the values of a step stand: told values, or places of sources. */
export function step(
  trace: Trace | undefined,
  id: string,
  result: Value,
  inputs: Record<string, Value>,
  from: (Told<unknown> | number)[] = [],
  doubts: string[] = [],
): void {
  const sources = from.map((one) => (typeof one === 'number' ? one : one[1]));
  trace?.push({ id, inputs, result, sources, doubts });
}

export interface ExplainedStep {
  id: string;
  text: string;
  formula: string;
  references: string[];
  doubts: string[];
}

export interface Explanation {
  /** What the result rests on that is not verified. */
  unverified: string[];
  steps: ExplainedStep[];
}

/** The steps in words, and what is to be said above them. */
export function explained(document: PolicyDocument, trace: Trace, language: Language): Explanation {
  const at = language === 'vi' ? 0 : 1;
  const unverified = new Set<string>();
  const steps = trace.map((one): ExplainedStep => {
    const texts = document.texts[one.id] ?? [one.id, one.id, ''];
    const sources = one.sources.map((place) => document.sources[place]);
    const doubts = one.doubts.map((id) => document.doubts[id]?.[at] ?? id);
    const values: Record<string, Value> = { ...one.inputs, result: one.result };
    for (const source of sources) if (source?.unverified) unverified.add(source.unverified[at]);
    for (const doubt of doubts) unverified.add(doubt);
    const fill = (text: string) =>
      text.replace(/\{(\w+)\}/g, (whole, name: string) =>
        values[name] ? valueText(document, values[name], language) : whole,
      );
    return {
      id: one.id,
      text: fill(texts[at]),
      formula: fill(texts[2]),
      references: sources.map((source) => source?.reference ?? ''),
      doubts,
    };
  });
  return { unverified: [...unverified], steps };
}

const punctuated = (text: string, language: Language): string =>
  language === 'vi' ? text : text.replace(/[.,]/g, (sign) => (sign === '.' ? ',' : '.'));

/** `1.322` in Vietnamese, `1,322` in English. */
export function numberText(value: number | bigint, language: Language): string {
  return punctuated(String(value).replace(/\B(?=(\d{3})+$)/g, '.'), language);
}

function rateText(rate: Rate, shift: number, language: Language): string {
  const decimal = rate.decimal(shift);
  if (!decimal) return rate.toString();
  const [scaled, places] = decimal;
  if (places === 0) return numberText(scaled, language);
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(places + 1, '0');
  const whole = numberText(BigInt(digits.slice(0, -places)), 'vi');
  return punctuated(`${scaled < 0n ? '-' : ''}${whole},${digits.slice(-places)}`, language);
}

export const shareText = (rate: Rate, language: Language): string => `${rateText(rate, 2, language)}%`;

/** `57 tuổi 8 tháng`. */
export function ageWords(months: number, language: Language): string {
  const [years, rest] = [Math.trunc(months / 12), months % 12];
  if (language === 'vi') return rest ? `${years} tuổi ${rest} tháng` : `${years} tuổi`;
  return rest ? `${years} years ${rest} months` : `${years} years`;
}

export function monthWords(month: number, language: Language): string {
  const text = monthText(month);
  return language === 'vi' ? `${text.slice(5)}/${text.slice(0, 4)}` : text;
}

function dayWords(day: string, language: Language): string {
  if (language === 'en') return day;
  const month = Number(day.slice(5, 7));
  return `${day.slice(8)}/${month < 3 ? `0${month}` : month}/${day.slice(0, 4)}`;
}

export const wordOf = (document: PolicyDocument, word: string, language: Language): string =>
  pick(document.words[word], language) ?? word;

const pick = (both: Both | undefined, language: Language): string | undefined =>
  both?.[language === 'vi' ? 0 : 1];

/** A value as people write it, without a unit. */
export function valueText(document: PolicyDocument, value: Value, language: Language): string {
  if ('vnd' in value) return numberText(value.vnd, language);
  if ('count' in value) return numberText(value.count, language);
  if ('share' in value) return shareText(value.share, language).replace(/^(\d+\/\d+)%$/, '$1');
  if ('number' in value) return rateText(value.number, 0, language);
  if ('month' in value) return monthWords(value.month, language);
  if ('day' in value) return dayWords(value.day, language);
  if ('year' in value) return String(value.year);
  if ('age' in value) return ageWords(value.age, language);
  if ('word' in value) return wordOf(document, value.word, language);
  if (language === 'vi') return value.is ? 'có' : 'không';
  return value.is ? 'yes' : 'no';
}
