import { describe, expect, it } from 'vitest';
import {
  periodBounds,
  periodId,
  periodOf,
  periodParse,
  periodShift,
  periodsOf,
  periodsUpTo,
  periodWithin,
} from './periods';

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

  it('have a first and a last day', () => {
    expect(periodBounds('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' });
    expect(periodBounds('R2023-01')).toEqual({ first: '2022-12-15', last: '2023-01-14' });
    expect(periodBounds('2023-Q4')).toEqual({ first: '2023-10-01', last: '2023-12-31' });
    expect(periodBounds('2023-H1')).toEqual({ first: '2023-01-01', last: '2023-06-30' });
    expect(periodBounds('2023')).toEqual({ first: '2023-01-01', last: '2023-12-31' });
    expect(periodBounds('2023-13')).toBeUndefined();
  });

  it('lie in longer ones', () => {
    expect(periodWithin('2023-05', '2023-Q2')).toBe(true);
    expect(periodWithin('2023-05', '2023-05')).toBe(true);
    expect(periodWithin('R2023-01', '2023')).toBe(false);
    expect(periodWithin('2023', '2023-05')).toBe(false);
  });
});
