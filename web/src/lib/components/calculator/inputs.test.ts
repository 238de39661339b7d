import { describe, expect, it } from 'vitest';
import { CalculatorInputs } from './inputs.svelte';

describe('CalculatorInputs', () => {
  it('come back from their link', () => {
    const query = '?tab=compare&on=2026-11-22&born=1986-05&sex=woman&paid=144&last=2025-06&wage=4000000';
    expect(new CalculatorInputs(new URLSearchParams(query)).query).toBe(query);
  });

  it('carry what the tab shows only, and always the day', () => {
    const inputs = new CalculatorInputs(new URLSearchParams('?on=2024-06-30&income=1500000'));
    inputs.chosen.tab = 'household';
    expect(inputs.query).toBe('?tab=household&on=2024-06-30');
  });

  it('leave out what is no tab and no day', () => {
    const { chosen } = new CalculatorInputs(new URLSearchParams('?tab=x&on=yesterday'));
    expect(chosen.tab).toBe('voluntary');
    expect(chosen.on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });
});
