import { beforeEach, describe, expect, it } from 'vitest';
import type { MonthlyForm, MonthlyFormLine } from './data/monthlyForms';
import { MonthlyEntry } from './monthlyEntry.svelte';

const line = (indicator: string, rest: object = {}) =>
  ({
    indicator,
    nature: 'stock',
    previous: 1000,
    last_year: null,
    current: null,
    ...rest,
  }) as MonthlyFormLine;
const form = (lines: MonthlyFormLine[], rest: object = {}) =>
  ({ writable: true, locked: false, lines, ...rest }) as unknown as MonthlyForm;

const fresh = line('a');
const reported = line('b', { current: { value: 1322 } });
const blocked = line('c', { blocked: 'Cấp huyện đã báo cáo.' });

describe('what is typed into a monthly form', () => {
  beforeEach(() => localStorage.clear());

  it('begins with what was reported and sends only what has changed', () => {
    const entry = new MonthlyEntry(form([fresh, reported, blocked]), 'k');
    expect(entry.text(reported)).toBe('1.322');
    expect([entry.lines.length, entry.changed.length, entry.isRestored]).toEqual([2, 0, false]);
    entry.take(fresh, '1.010');
    expect(entry.body().values).toEqual([{ indicator: 'a', value: 1010 }]);
    expect(entry.corrects).toBe(false);
    entry.take(reported, '1322');
    expect(entry.body().values).toHaveLength(1);
    entry.take(reported, '1323');
    expect(entry.corrects).toBe(true);
  });

  it('keeps its id while the content stays the same', () => {
    const entry = new MonthlyEntry(form([fresh]), 'k');
    entry.take(fresh, '5');
    const { id } = entry.body();
    expect(entry.body().id).toBe(id);
    entry.take(fresh, '6');
    expect(entry.body().id).not.toBe(id);
  });

  it('is found again on the device until it is sent', () => {
    new MonthlyEntry(form([fresh, reported]), 'k').take(fresh, '12');
    const again = new MonthlyEntry(form([fresh, reported]), 'k');
    expect([again.text(fresh), again.isRestored]).toEqual(['12', true]);
    expect(new MonthlyEntry(form([fresh]), 'other').isRestored).toBe(false);
    again.done();
    expect(new MonthlyEntry(form([fresh]), 'k').isRestored).toBe(false);
  });

  it('names what is no number and what must not be emptied', () => {
    const entry = new MonthlyEntry(form([fresh, reported]), 'k');
    entry.take(fresh, 'mười hai');
    entry.take(reported, ' ');
    expect(entry.faulty.map((one) => entry.fault(one))).toEqual(['unreadable', 'emptied']);
    entry.reset();
    expect(entry.faulty).toEqual([]);
  });

  it('takes a copied column and points out odd values', () => {
    const entry = new MonthlyEntry(form([fresh, reported]), 'k');
    entry.paste(fresh, ['10100', '1 030', '7']);
    expect([entry.text(fresh), entry.text(reported)]).toEqual(['10.100', '1.030']);
    expect(entry.odd.map((one) => one.indicator)).toEqual(['a']);
  });

  it('cannot be filled in by somebody who only reads, and asks why in a locked period', () => {
    expect(new MonthlyEntry(form([fresh], { writable: false }), 'k').lines).toEqual([]);
    const locked = new MonthlyEntry(form([fresh], { locked: true }), 'k');
    expect(locked.needsReason).toBe(true);
    locked.reason = 'Đối chiếu lại';
    expect(locked.needsReason).toBe(false);
  });
});
