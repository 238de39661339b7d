import { describe, expect, it } from 'vitest';
import { onShelf, reporters } from './approval';
import type { Observation } from './data/observations';

let next = 0;
const one = (unit: string, indicator: string, value: number, state = 'submitted') =>
  ({
    id: `o${++next}`,
    admin_unit_id: unit,
    admin_unit_name: `Xã ${unit}`,
    indicator,
    value,
    state,
  }) as Observation;
const units = [
  { id: 'a', full_name: 'Xã A' },
  { id: 'b', full_name: 'Xã B' },
];
const natures = new Map([['stock', 'stock']]);

describe('what was reported below a unit', () => {
  const rows = reporters(
    units,
    [one('a', 'stock', 5000), one('a', 'flow', 3, 'approved'), one('z', 'stock', 1)],
    [one('a', 'stock', 1000)],
    natures,
  );

  it('is one row for each unit, those without a report and those further below too', () => {
    expect(rows.map((row) => [row.name, row.observations.length])).toEqual([
      ['Xã A', 2],
      ['Xã B', 0],
      ['Xã z', 1],
    ]);
  });

  it('names what waits and what is odd', () => {
    expect(rows.map((row) => [row.waiting.length, row.odd])).toEqual([
      [1, 1],
      [0, 0],
      [1, 0],
    ]);
  });

  it('lies on the shelf of what it needs', () => {
    const on = (shelf: 'missing' | 'waiting' | 'approved') =>
      rows.filter((row) => onShelf(row, shelf, 2)).map((row) => row.id);
    expect(on('missing')).toEqual(['b', 'z']);
    expect(on('waiting')).toEqual(['a', 'z']);
    expect(on('approved')).toEqual([]);
  });
});
