import { expect, it, vi } from 'vitest';
import { namesOnce } from './names';

it('asks once for a name, and again after a failure', async () => {
  const load = vi.fn(async (id: string) => `Tên của ${id}`);
  const name = namesOnce(load);
  expect(await Promise.all([name('a'), name('a'), name('b')])).toEqual([
    'Tên của a',
    'Tên của a',
    'Tên của b',
  ]);
  expect(load).toHaveBeenCalledTimes(2);
  load.mockRejectedValueOnce(new Error('offline'));
  await expect(name('c')).rejects.toThrow();
  expect(await name('c')).toBe('Tên của c');
});
