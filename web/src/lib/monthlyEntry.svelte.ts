// What is typed into a monthly form until it is submitted. It is kept on the device meanwhile.
import { jumpOf, type MonthlyForm, type MonthlyFormLine, type MonthlyFormValue } from './data/monthlyForms';
import { formatNumber, parseCount } from './format';
import { ContentId } from './ids';

type Texts = Record<string, string>;

function draftRead(key: string): Texts {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const isText = (pair: [string, unknown]): pair is [string, string] => typeof pair[1] === 'string';
    return Object.fromEntries(Object.entries(kept ?? {}).filter(isText));
  } catch {
    return {};
  }
}

function draftWrite(key: string, texts: Texts): void {
  try {
    if (Object.keys(texts).length) localStorage.setItem(key, JSON.stringify(texts));
    else localStorage.removeItem(key);
  } catch {
    // A device that keeps nothing still submits.
  }
}

export class MonthlyEntry {
  readonly form: MonthlyForm;
  readonly #key: string;
  readonly #id = new ContentId();
  /** What stands in the fields, by indicator. */
  texts = $state<Texts>({});
  reason = $state('');
  /** Whether something was found that had been typed earlier. */
  readonly isRestored: boolean;

  /** `key` is the name under which the device keeps what was typed. */
  constructor(form: MonthlyForm, key: string) {
    this.form = form;
    this.#key = key;
    const draft = draftRead(key);
    for (const line of this.lines)
      this.texts[line.indicator] = draft[line.indicator] ?? MonthlyEntry.#reported(line);
    this.isRestored = this.changed.length > 0;
  }

  static #reported(line: MonthlyFormLine): string {
    return line.current ? formatNumber(line.current.value) : '';
  }

  /** The lines that can be filled in. */
  get lines(): MonthlyFormLine[] {
    return this.form.writable ? this.form.lines.filter((line) => !line.blocked) : [];
  }

  text = (line: MonthlyFormLine): string => this.texts[line.indicator] ?? '';
  value = (line: MonthlyFormLine): number | undefined => parseCount(this.text(line));

  take(line: MonthlyFormLine, text: string): void {
    this.texts[line.indicator] = text;
    const typed = this.changed.map((one): [string, string] => [one.indicator, this.text(one)]);
    draftWrite(this.#key, Object.fromEntries(typed));
  }

  /** Puts a copied column into the fields from `line` on, as far as there are any. */
  paste(line: MonthlyFormLine, cells: string[]): void {
    const from = this.lines.indexOf(line);
    for (const [index, cell] of cells.entries()) {
      const target = this.lines[from + index];
      if (target) this.take(target, MonthlyEntry.tidy(cell));
    }
  }

  /** A number as people read it; anything else as it was typed. */
  static tidy(text: string): string {
    const value = parseCount(text);
    return value === undefined ? text.trim() : formatNumber(value);
  }

  isChanged = (line: MonthlyFormLine): boolean => {
    const text = this.text(line).trim();
    return line.current ? this.value(line) !== line.current.value : text !== '';
  };

  /** What cannot be sent: no whole number, or nothing where a number was reported. */
  fault(line: MonthlyFormLine): 'unreadable' | 'emptied' | undefined {
    if (!this.isChanged(line) || this.value(line) !== undefined) return undefined;
    return this.text(line).trim() === '' ? 'emptied' : 'unreadable';
  }

  get changed(): MonthlyFormLine[] {
    return this.lines.filter(this.isChanged);
  }

  get faulty(): MonthlyFormLine[] {
    return this.lines.filter((line) => this.fault(line));
  }

  /** Changed values that are worth a second look. */
  get odd(): MonthlyFormLine[] {
    return this.changed.filter((line) => {
      const value = this.value(line);
      return value !== undefined && jumpOf(value, line);
    });
  }

  /** Whether something that was reported is changed. */
  get corrects(): boolean {
    return this.changed.some((line) => line.current);
  }

  get needsReason(): boolean {
    return this.form.locked && !this.reason.trim();
  }

  /** What is to be sent: only what has changed. The same content goes under the same id. */
  body(): { id: string; values: MonthlyFormValue[]; reason: string | null } {
    const values = this.changed.map((line) => ({
      indicator: line.indicator,
      value: this.value(line) ?? 0,
    }));
    const reason = this.reason.trim() || null;
    return { id: this.#id.of([values, reason]), values, reason };
  }

  /** Forgets what the device kept, once the server has it. */
  done(): void {
    draftWrite(this.#key, {});
  }

  /** Back to what was reported. */
  reset(): void {
    for (const line of this.lines) this.take(line, MonthlyEntry.#reported(line));
  }
}
