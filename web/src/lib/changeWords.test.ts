import { afterEach, describe, expect, it } from 'vitest';
import { fieldChanges, idsUnder, wordsOf } from './changeWords';
import { i18n } from './i18n/index.svelte';

afterEach(() => i18n.choose('vi'));

describe('a change in words', () => {
  it('tells only what has changed', () => {
    const before = { name: 'Hội Nông dân', active: true, version: 1, parent_id: null };
    const after = { name: 'Hội Nông dân xã', active: true, version: 2, parent_id: null };
    expect(fieldChanges(before, after)).toEqual([
      { field: 'name', label: 'Tên', before: 'Hội Nông dân', after: 'Hội Nông dân xã' },
    ]);
  });

  it('writes numbers, days, periods and states as people do', () => {
    const after = {
      value: 1322,
      period: '2022-05',
      due_day: '2022-05-08',
      state: 'submitted',
      locked: false,
      progress: 50,
    };
    const told = fieldChanges(null, after).map((one) => one.after);
    expect(told).toEqual(['1.322', 'tháng 5/2022', '08/5/2022', 'Chờ duyệt', 'Không', '50%']);
  });

  it('names what is behind ids and counts long lists', () => {
    const after = { admin_unit_id: 'new-40', tasks: Array.from({ length: 12 }, (_, at) => `t${at}`) };
    const told = fieldChanges(undefined, after, new Map([['new-40', 'Tỉnh Nghệ An']]));
    expect(told.map((one) => one.after)).toEqual(['Tỉnh Nghệ An', '12 mục']);
    const grants = { grants: [{ role: 'planner', admin_unit_id: 'new-40' }], ids: ['x'] };
    expect(idsUnder(grants, (field) => field === 'admin_unit_id')).toEqual(['new-40']);
  });

  it('keeps what was taken away, and says operations in English', async () => {
    expect(fieldChanges({ role: 'planner' }, null)[0]?.before).toBe('Người lập kế hoạch');
    expect(wordsOf('task_review', 'Nghiệm thu nhiệm vụ')).toBe('Nghiệm thu nhiệm vụ');
    await i18n.choose('en');
    expect(wordsOf('task_review', 'Nghiệm thu nhiệm vụ')).toBe('Task review');
  });
});
