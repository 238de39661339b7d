import { expect, it } from 'vitest';
import { faultFields, sameLines } from './rows';

it('names fields as the server does in its faults', () => {
  const columns = [
    { key: 'name', label: 'Tên', kind: 'text' as const },
    { key: 'starts_time', label: 'Giờ', kind: 'time' as const, fault: 'starts_at' },
  ];
  expect(faultFields('sites', [{ id: 'a' }, { id: 'b' }], columns)).toEqual([
    'sites[0].name',
    'sites[0].starts_at',
    'sites[1].name',
    'sites[1].starts_at',
  ]);
});

it('compares lists without their order', () => {
  const [a, b] = [
    { id: 'a', name: 'Vinh' },
    { id: 'b', name: 'Cửa Lò' },
  ];
  expect(sameLines([a, b], [b, { name: 'Vinh', id: 'a' }])).toBe(true);
  expect(sameLines([a, b], [a])).toBe(false);
  expect(sameLines([a], [{ ...a, name: 'vinh' }])).toBe(false);
});
