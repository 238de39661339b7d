import { describe, expect, it } from 'vitest';
import { formProgress, jumpOf, type MonthlyFormLine } from './monthlyForms';

const line = (state: 'submitted' | 'approved' | null, expected = true) =>
  ({ expected, current: state && { state } }) as unknown as MonthlyFormLine;

describe('a form', () => {
  it('stands where its lines that must be reported stand', () => {
    const standing = (...lines: MonthlyFormLine[]) => formProgress({ lines }).standing;
    expect(standing(line(null), line(null))).toBe('none');
    expect(standing(line('submitted'), line(null))).toBe('partly');
    expect(standing(line('submitted'), line('approved'))).toBe('submitted');
    expect(standing(line('approved'), line('approved'), line(null, false))).toBe('approved');
  });

  it('counts all lines where none must be reported', () => {
    expect(formProgress({ lines: [line('submitted', false), line(null, false)] })).toEqual({
      standing: 'partly',
      reported: 1,
      approved: 0,
      total: 2,
    });
  });
});

describe('a jump', () => {
  const stock = { nature: 'stock', previous: 1000, last_year: 900 };

  it('is a stock far from the month before', () => {
    expect(jumpOf(1010, stock)).toBeUndefined();
    expect(jumpOf(1290, stock)).toBeUndefined();
    expect(jumpOf(10_100, stock)).toEqual({ against: 'previous', before: 1000, percent: 910 });
    expect(jumpOf(101, stock)?.percent).toBeCloseTo(-89.9);
    expect(jumpOf(0, stock)?.percent).toBe(-100);
  });

  it('is none where the numbers are small or nothing is known', () => {
    expect(jumpOf(9, { ...stock, previous: 3 })).toBeUndefined();
    expect(jumpOf(9000, { ...stock, previous: null })).toBeUndefined();
    expect(jumpOf(50, { ...stock, previous: 0 })).toEqual({ against: 'previous', before: 0, percent: null });
  });

  it('of a flow is far from last year, too', () => {
    const flow = { nature: 'flow', previous: 20, last_year: 90 };
    expect(jumpOf(100, flow)).toBeUndefined();
    expect(jumpOf(900, flow)?.before).toBe(20);
    expect(jumpOf(100, { ...flow, last_year: null })?.before).toBe(20);
  });
});
