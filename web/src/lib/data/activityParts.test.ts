import { afterEach, expect, it, vi } from 'vitest';
import { copyToSites, PARTS, partSave } from './activityParts';
import type { ActivityParts } from './activities';

const parts: ActivityParts = {
  sites: [
    {
      id: 's1',
      name: 'Điểm Vinh',
      place: 'Quảng trường',
      admin_unit_id: 'old-16681',
      admin_unit_name: 'Phường Lê Mao',
      starts_at: '2022-05-08T07:00',
    },
  ],
  readiness: [],
  script: [],
  resources: [],
  teams: [],
  roster: [],
  organizations: [],
};
const base = PARTS.sites.read(parts);

afterEach(() => vi.unstubAllGlobals());
/** Stands in for a server that has `parts`, and keeps what is sent to it. */
function server(answer: ActivityParts) {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'PUT') sent.push(await request.json());
    return Response.json(answer);
  });
  return sent;
}

it('reads an instant as a day and a time, and sends it as one again', async () => {
  expect(base).toEqual([
    {
      id: 's1',
      name: 'Điểm Vinh',
      place: 'Quảng trường',
      admin_unit_id: 'old-16681',
      starts_day: '2022-05-08',
      starts_time: '07:00',
      organization_id: '',
    },
  ]);
  const sent = server(parts);
  await partSave('a', 'sites', base, [{ ...base[0]!, starts_time: '07:30' }]);
  expect(sent).toEqual([
    {
      items: [
        {
          id: 's1',
          name: 'Điểm Vinh',
          place: 'Quảng trường',
          admin_unit_id: 'old-16681',
          starts_at: '2022-05-08T07:30',
          organization_id: null,
        },
      ],
    },
  ]);
});

it('refuses to write over what another saved meanwhile, unless told to', async () => {
  const sent = server({ ...parts, sites: [{ ...parts.sites[0]!, name: 'Điểm khác' }] });
  const mine = [{ ...base[0]!, place: 'Nhà văn hóa' }];
  await expect(partSave('a', 'sites', base, mine)).rejects.toMatchObject({ status: 409 });
  expect(sent).toEqual([]);
  await partSave('a', 'sites', base, mine, true);
  expect(sent).toHaveLength(1);
});

it('sends nothing again that the server already has', async () => {
  const sent = server(parts);
  await partSave('a', 'sites', [], base);
  expect(sent).toEqual([]);
});

it('copies a checklist to other sites without making a line twice, each for its own body', () => {
  const lines = [
    { id: '1', site_id: 's1', title: 'Loa đài', organization_id: 'bhxh-vinh' },
    { id: '2', site_id: 's1', title: 'Băng rôn', organization_id: 'buu-dien' },
    { id: '3', site_id: 's2', title: 'Loa đài', organization_id: 'bhxh-cua-lo' },
  ];
  const sites = [
    { id: 's1', organization_id: 'bhxh-vinh' },
    { id: 's2', organization_id: 'bhxh-cua-lo' },
    { id: 's3', organization_id: 'bhxh-nam-dan' },
    { id: 's4', organization_id: null },
  ];
  let number = 9;
  const copied = copyToSites(lines, sites[0]!, sites, () => String(++number));
  expect(copied.slice(0, 3)).toEqual(lines);
  expect(copied.slice(3)).toEqual([
    { id: '10', site_id: 's2', title: 'Băng rôn', organization_id: 'buu-dien' },
    { id: '11', site_id: 's3', title: 'Loa đài', organization_id: 'bhxh-nam-dan' },
    { id: '12', site_id: 's3', title: 'Băng rôn', organization_id: 'buu-dien' },
    { id: '13', site_id: 's4', title: 'Loa đài', organization_id: 'bhxh-vinh' },
    { id: '14', site_id: 's4', title: 'Băng rôn', organization_id: 'buu-dien' },
  ]);
});
