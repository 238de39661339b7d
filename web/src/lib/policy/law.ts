// The tables of a day, and why there is no answer.
import { firstDay, monthOf, type Month } from './calendar';
import type { Dated, PolicyDocument, Refusal, Says, Told } from './document';
import type { Language, Value } from './steps';
import { valueText } from './steps';

/** What a refusal names: as it stands, or written in the manner of a language. */
type Named = Record<string, number | string | Value>;

/** The law refuses; the message says which rule, which limit and which article. */
export class Refused extends Error {
  constructor(
    readonly document: PolicyDocument,
    readonly template: Refusal,
    readonly named: Named,
  ) {
    super(template.code);
  }

  get code(): string {
    return this.template.code;
  }

  text(language: Language): string {
    return this.template[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = this.named[name];
      if (value === undefined) return whole;
      if (typeof value !== 'object') return String(value);
      if (language === 'en' && 'vnd' in value) return String(value.vnd);
      return valueText(this.document, value, language);
    });
  }
}

type Area = 'voluntary_si' | 'household_hi' | 'retirement' | 'withdrawal' | 'social_pension';
type Table<A extends keyof PolicyDocument> = PolicyDocument[A] extends Dated<infer T>[] ? T : never;

export class Law {
  constructor(readonly document: PolicyDocument) {}

  get limits(): PolicyDocument['limits'] {
    return this.document.limits;
  }

  /** The month of a limit such as `laws_2024`. */
  since(name: 'more_from' | 'retained_age_before' | 'ages_rise' | 'laws_2024'): Month {
    return monthOf(this.limits[name]);
  }

  reference(told: Told<unknown> | number): string {
    return this.document.sources[typeof told === 'number' ? told : told[1]]?.reference ?? '';
  }

  refused(code: string, named: Named = {}): Refused {
    const template = this.document.refusals[code] ?? { code, vi: code, en: code };
    return new Refused(this.document, template, named);
  }

  /** Refuses with a limit, whose article is named. */
  limited(code: string, rule: Told<unknown> | number, named: Named): Refused {
    return this.refused(code, { ...named, rule: this.reference(rule) });
  }

  /** Checks the bounds of an input. */
  check(what: string, given: number, needed: number, most: number): void {
    if (given < needed || given > most)
      throw this.refused('input.out_of_range', { what, given, needed, most });
  }

  /** The table of an area on a day whose law is told. */
  on<A extends Area>(area: A, day: string): Table<A> {
    const [first, last] = this.document.days;
    if (day < first) throw this.refused('date.before_law', { on: { day } });
    if (day > last) throw this.refused('date.beyond_law', { on: { day } });
    return this.says(this.entry(this.document[area] as Dated<Table<A>>[], day), day);
  }

  /** The table of pensions that start on a day. */
  pensionStarting(day: string): Table<'pension'> {
    return this.says(this.entry(this.document.pension, day), day);
  }

  entry<T>(list: Dated<T>[], day: string): Dated<T> {
    const found = list.findLast((one) => one.from <= day) ?? list[0];
    if (!found) throw new Error('a table without entries');
    return found;
  }

  says<T>(what: Says<T>, on: string): T {
    if ('rules' in what) return what.rules;
    throw this.tableRefused(what.refused, { on: { day: on } });
  }

  tableRefused(place: number, named: Named): Refused {
    const template = this.document.tables_refused[place] ?? { code: 'parameter', vi: '', en: '' };
    return new Refused(this.document, template, named);
  }
}

/** A birthday as far as it is known: day, month, or year. */
export interface Birthday {
  month: Month;
  day: string;
  hasMonth: boolean;
}

export function birthday(text: string): Birthday {
  const month = monthOf(text.length === 4 ? `${text}-01` : text);
  return { month, day: text.length === 10 ? text : firstDay(month), hasMonth: text.length > 4 };
}

/** Refuses who is not born yet, or older than people become. */
export function checkAge(law: Law, born: Birthday, on: string): void {
  if (born.day > on) throw law.refused('person.unborn', { born: { day: born.day }, on: { day: on } });
  const had = on.slice(5) >= born.day.slice(5);
  const age = Number(on.slice(0, 4)) - Number(born.day.slice(0, 4)) - (had ? 0 : 1);
  if (age > law.limits.age)
    throw law.refused('person.too_old', { born: { day: born.day }, on: { day: on }, age });
}
