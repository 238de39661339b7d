import { describe, expect, it } from 'vitest';
import { periodId, periodOf, periodParse, periodShift, periodsOf, periodsUpTo } from './periods';

describe('periods', () => {
  it('are read and written the same way', () => {
    for (const id of ['2022-05', 'R2022-05', '2023-Q1', '2023-H2', '2024']) {
      const parts = periodParse(id);
      expect(parts && periodId(parts)).toBe(id);
    }
    for (const wrong of ['2022-13', '2022-00', '2022-Q5', 'R2022', 'x'])
      expect(periodParse(wrong)).toBeUndefined();
  });

  it('step over the turn of the year', () => {
    expect(periodShift('2023-01', -1)).toBe('2022-12');
    expect(periodShift('2022-12', 1)).toBe('2023-01');
    expect(periodShift('2023-Q1', -4)).toBe('2022-Q1');
    expect(periodShift('R2023-03', -12)).toBe('R2022-03');
    expect(periodShift('2024', -1)).toBe('2023');
  });

  it('hold a day', () => {
    expect(periodOf('2022-05-08', 'month')).toBe('2022-05');
    expect(periodOf('2022-05-08', 'quarter')).toBe('2022-Q2');
    expect(periodOf('2022-12-31', 'half')).toBe('2022-H2');
    expect(periodOf('2022-12-31', 'year')).toBe('2022');
  });

  it('list the past', () => {
    expect(periodsUpTo('2023-02', 3)).toEqual(['2022-12', '2023-01', '2023-02']);
  });

  it('are those that days fall into', () => {
    expect(periodsOf('2022-12-15', '2023-01-10')).toEqual(['2022-12', '2023-01', '2022-Q4', '2023-Q1']);
    expect(periodsOf('2022-05-01', '')).toEqual([]);
    expect(periodsOf('2022-05-02', '2022-05-01')).toEqual([]);
  });
});
