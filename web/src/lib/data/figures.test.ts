import { expect, it } from 'vitest';
import { against, boundariesFor, isApportioned, latestPeriod, ofState, scaled, type Figure } from './figures';

it('reads values in units of the last decimal', () => {
  expect(scaled(553, 1)).toBe(55.3);
  expect(scaled(17452, 0)).toBe(17452);
  expect(scaled(null, 1)).toBeNull();
});

it('asks for the boundaries on which the unit is there', () => {
  expect(boundariesFor('old-66', '2023-03')).toBe('as_was');
  expect(boundariesFor('new-66', '2023-03')).toBe('as_now');
  expect(boundariesFor('new-66', '2025-06')).toBe('as_now');
  expect(boundariesFor('new-66', '2025-07')).toBe('as_was');
  expect(boundariesFor('new-66', '2025-Q2')).toBe('as_now');
  expect(boundariesFor('new-66', '2025')).toBe('as_was');
  expect(boundariesFor('vn', '2022-05')).toBe('as_was');
});

it('finds comparisons, marks and states', () => {
  const figure = {
    marks: ['summed', 'apportioned'],
    by_state: [{ state: 'confirmed', value: 7 }],
    comparisons: [{ against: 'last_year', period: '2022-03', absolute: 708 }],
  } as unknown as Figure;
  expect(against(figure, 'last_year')?.absolute).toBe(708);
  expect(against(figure, 'previous')).toBeUndefined();
  expect(isApportioned(figure)).toBe(true);
  expect(ofState(figure, 'confirmed')).toBe(7);
  expect(ofState(figure, 'claimed')).toBeNull();
});

it('finds the last period that has a value', () => {
  const of = (...values: (number | null)[]) => ({
    items: values.map(
      (value, index) =>
        ({ period: `2022-0${index + 1}`, last_day: `2022-0${index + 1}-28`, value }) as Figure,
    ),
  });
  expect(latestPeriod([of(1, null, null), of(null, 0, null)])).toBe('2022-02');
  expect(latestPeriod([of(null, null)])).toBeUndefined();
  expect(latestPeriod([])).toBeUndefined();
});
