import { describe, expect, it } from 'vitest';
import { compareOf, curveOf, householdOf, paymentOf, type Chosen } from './questions';

const chosen = (some: Partial<Chosen>): Chosen => ({
  tab: 'voluntary',
  on: '2026-11-22',
  income: '',
  category: 'other',
  mode: 'monthly',
  born: '',
  sex: '',
  years: '',
  members: 'household',
  period: '12',
  paid: '',
  last: '',
  wage: '',
  scheme: 'voluntary_si',
  reason: 'stopped_paying',
  ...some,
});

describe('questions', () => {
  it('wait for what they need', () => {
    expect(paymentOf(chosen({}))).toBeUndefined();
    expect(curveOf(chosen({ income: '1500000', born: '1986-05' }))).toBeUndefined();
    expect(compareOf(chosen({ born: '1986-05', sex: 'woman', paid: '144' }))).toBeUndefined();
  });

  it('ask for the years that a pension takes unless others were chosen', () => {
    const person = { income: '2000000', born: '1986', sex: 'woman', category: 'poor' };
    const further = { income_vnd: 2_000_000, months: null, categories: ['poor'] };
    expect(curveOf(chosen(person))).toEqual({ born: '1986', sex: 'woman', further });
    expect(curveOf(chosen({ ...person, years: '20' }))?.further?.months).toBe(240);
  });

  it('put the months paid before the last one', () => {
    const input = compareOf(
      chosen({ born: '1986-05', sex: 'woman', paid: '144', last: '2025-06', wage: '4000000' }),
    );
    expect(input?.career.spans).toMatchObject([{ from: '2013-07', to: '2025-06', income_vnd: 4_000_000 }]);
  });

  it('tell members of the household from groups with support', () => {
    expect(householdOf(chosen({ members: 'household,pupil,household' })).members).toEqual([
      {},
      { groups: ['pupil'] },
      {},
    ]);
  });
});
