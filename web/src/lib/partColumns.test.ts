import { expect, it } from 'vitest';
import { blankOf, columnsOf, type PartContext } from './partColumns';

const context: PartContext = {
  campaign: { first_day: '2022-05-01', last_day: '2022-05-31' },
  activity: {
    id: 'a',
    version: 1,
    campaign_id: 'c',
    kind: 'launch',
    title: 'Lễ ra quân',
    organization_id: 'na-bhxh-tinh',
    admin_unit_id: 'old-412',
    admin_unit_name: 'Thành phố Vinh',
    place: '',
    first_day: '2022-05-08',
    last_day: '2022-05-08',
    starts_at: '06:30',
    audiences: [],
    languages: [],
    state: 'planned',
    note: '',
    illustrative: false,
    recorded_at: '2022-05-01T00:00:00Z',
  },
  parts: { sites: [], readiness: [], script: [], resources: [], teams: [], roster: [], organizations: [] },
};

it('begins a new line with what the last one had', () => {
  expect(blankOf('sites', context, undefined)).toMatchObject({
    starts_day: '2022-05-08',
    starts_time: '06:30',
  });
  const last = { id: '1', starts_day: '2022-05-08', starts_time: '08:00', name: 'Điểm Vinh' };
  expect(blankOf('sites', context, last)).toMatchObject({ starts_time: '08:00', name: '' });
  expect(blankOf('script', context, { id: '1', starts_at: '07:00', ends_at: '07:15' })).toMatchObject({
    starts_at: '07:15',
    ends_at: '',
  });
});

it('lets a checklist be due on the evening before, at the site that is looked at', () => {
  expect(blankOf('readiness', context, undefined, 's2')).toMatchObject({
    site_id: 's2',
    due_day: '2022-05-07',
    due_time: '19:00',
    organization_id: 'na-bhxh-tinh',
  });
});

it('asks for the day of a site only when there are several', () => {
  const keys = (last_day: string) =>
    columnsOf('sites', { ...context, activity: { ...context.activity, last_day } }).map((one) => one.key);
  expect(keys('2022-05-08')).not.toContain('starts_day');
  expect(keys('2022-05-09')).toContain('starts_day');
});
