import { afterEach, expect, it, vi } from 'vitest';
import { adminUnitsOn } from './adminUnits';

afterEach(() => vi.unstubAllGlobals());

const row = (id: string, in_force: boolean, valid_from?: string, valid_to?: string) => ({
  id,
  in_force,
  valid_from,
  valid_to,
});

/** Answers each address as listed; anything else, and everything once `answers` is emptied, fails as without a network. */
function server(answers: Record<string, unknown>) {
  const fetch = vi.fn(async ({ url }: Request) => {
    const { pathname, search } = new URL(url, 'http://here');
    const answer = answers[pathname.replace('/api/v1/admin_units/', '') + search];
    if (!answer) throw new TypeError('Failed to fetch');
    return Response.json(answer);
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}
const ids = async (id: string, day: string) => (await adminUnitsOn(id, day)).map((unit) => unit.id);

it('is the unit itself while it is in force, asked once', async () => {
  const fetch = server({ 'new-1?on=2026-01-05': row('new-1', true, '2025-07-01') });
  expect(await ids('new-1', '2026-01-05')).toEqual(['new-1']);
  expect(await ids('new-1', '2025-07-01')).toEqual(['new-1']);
  expect(fetch).toHaveBeenCalledTimes(1);
});

it('is what the unit was made of before, without those that gave area only', async () => {
  const step = (id: string, carries_people: boolean, ...dates: string[]) => ({
    unit: row(id, true, undefined, '2025-06-30'),
    carries_people,
    path: dates.map((date) => ({ date })),
  });
  const fetch = server({
    'new-2?on=2022-05-01': row('new-2', false, '2025-07-01'),
    'new-2/predecessors?from=2022-05-01': {
      items: [
        step('old-1', true, '2025-07-01'),
        step('old-2', true, '2024-12-01', '2025-07-01'),
        step('old-3', false, '2025-07-01'),
      ],
    },
  });
  expect(await ids('new-2', '2022-05-01')).toEqual(['old-1', 'old-2']);
  expect(await ids('new-2', '2024-11-30')).toEqual(['old-1', 'old-2']);
  expect(fetch).toHaveBeenCalledTimes(2);
  // From the first change on it may be different, and before the day asked for too.
  await expect(adminUnitsOn('new-2', '2024-12-01')).rejects.toThrow();
  await expect(adminUnitsOn('new-2', '2022-04-30')).rejects.toThrow();
});

it('is where the people of the unit came to afterwards', async () => {
  server({
    'old-4?on=2026-03-02': row('old-4', false, undefined, '2025-06-30'),
    'old-4/successors?to=2026-03-02': {
      items: [
        { unit: row('new-4', true, '2025-07-01'), carries_people: true, path: [{ date: '2025-07-01' }] },
        { unit: null, carries_people: true, path: [] },
      ],
    },
  });
  expect(await ids('old-4', '2026-03-02')).toEqual(['new-4']);
  expect(await ids('old-4', '2025-07-01')).toEqual(['new-4']);
  await expect(adminUnitsOn('old-4', '2026-03-03')).rejects.toThrow();
});
