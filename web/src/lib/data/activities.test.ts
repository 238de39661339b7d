import { expect, it } from 'vitest';
import { changedBetween, contentOf, type Activity } from './activities';

const activity: Activity = {
  id: 'a',
  version: 1,
  campaign_id: 'c',
  kind: 'loudspeaker_broadcast',
  title: 'Phát thanh',
  organization_id: 'ubnd',
  admin_unit_id: 'new-16681',
  admin_unit_name: 'Phường Thành Vinh',
  place: '',
  first_day: '2022-05-08',
  last_day: '2022-05-08',
  audiences: [],
  languages: ['vi'],
  state: 'planned',
  note: '',
  illustrative: false,
  recorded_at: '2022-05-01T00:00:00Z',
};

it('tells what a version of an activity changed, its state first', () => {
  const check = (change: Partial<Activity>, expected: string[]) =>
    expect(changedBetween(activity, { ...activity, version: 2, ...change })).toEqual(expected);
  check({}, []);
  check({ recorded_at: '2022-05-09T00:00:00Z', admin_unit_name: 'khác' }, []);
  check({ title: 'Phát thanh lưu động', languages: ['vi', 'rad'] }, ['title', 'languages']);
  check({ starts_at: null }, []);
  check({ state: 'cancelled', note: 'Mưa lớn' }, ['state', 'note']);
});

it('hands in again exactly what an activity says', () => {
  expect(contentOf(activity)).toMatchObject({ title: 'Phát thanh', starts_at: null, workstream: null });
  expect(contentOf(activity)).not.toHaveProperty('version');
});
