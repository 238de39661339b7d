import { describe, expect, it } from 'vitest';
import type { ActivityKind } from './activities';
import { changedMeasures, currentOf, linesOf, splitOf, splitsOf, type Line, type Measure } from './measures';

const kind = (change: Partial<ActivityKind> = {}): ActivityKind => ({
  id: 'information_conference',
  name_vi: 'Hội nghị',
  name_en: 'Conference',
  channel: 'direct',
  conference: true,
  sites: false,
  languages: true,
  attendance_groups: true,
  placement_expiry: false,
  content: false,
  employer: false,
  measures: [
    { id: 'attendees', name_vi: 'Người dự', name_en: 'Attendees', feeds: [] },
    { id: 'leaflets', name_vi: 'Tờ rơi', name_en: 'Leaflets', feeds: [] },
  ],
  ...change,
});
const told = (measure: string, value: number, change: Partial<Measure> = {}): Measure => ({
  measure,
  value,
  language: '',
  audience_group: '',
  version: 1,
  id: `${measure}-${change.language ?? ''}`,
  day: '2022-05-08',
  organization_id: 'ubnd',
  admin_unit_id: 'new-16681',
  recorded_at: '2022-05-08T10:00:00Z',
  ...change,
});
const line = (measure: string, value: number | null, change: Partial<Line> = {}): Line => ({
  measure,
  value,
  language: '',
  audience_group: '',
  ...change,
});
const broadcast = kind({ attendance_groups: false });

describe('how a measure is told', () => {
  const check = (asked: ActivityKind, languages: string[], audiences: string[], before: Measure[]) =>
    splitOf('attendees', asked, { languages, audiences }, before);

  it('follows what was told before', () => {
    expect(check(kind(), ['vi'], ['a', 'b'], [told('attendees', 3)])).toBe('whole');
    expect(check(kind(), ['vi'], [], [told('attendees', 3, { audience_group: 'a' })])).toBe('group');
    expect(
      check(broadcast, ['vi'], [], [told('attendees', 0), told('attendees', 3, { language: 'vi' })]),
    ).toBe('language');
  });

  it('begins by group where several attend, by language where it is spread', () => {
    expect(check(kind(), ['vi'], ['a', 'b'], [])).toBe('group');
    expect(check(kind(), ['vi'], ['a'], [])).toBe('whole');
    expect(splitOf('leaflets', kind(), { languages: ['vi'], audiences: ['a', 'b'] }, [])).toBe('whole');
    expect(check(broadcast, ['vi'], [], [])).toBe('language');
    expect(check(broadcast, [], [], [])).toBe('whole');
  });

  it('is only what the kind allows', () => {
    const parts = { languages: ['vi'], groups: ['a'] };
    expect(splitsOf(kind(), parts)).toEqual(['whole', 'language', 'group']);
    expect(splitsOf(kind(), { languages: [], groups: [] })).toEqual(['whole']);
    expect(splitsOf(broadcast, parts)).toEqual(['whole', 'language']);
  });
});

it('makes a line for each part, with what was told, also of parts that are no longer named', () => {
  const before = [told('attendees', 12, { language: 'rad' }), told('attendees', 4, { language: 'vi' })];
  expect(linesOf('attendees', 'language', { languages: ['vi', 'cmo'], groups: [] }, before)).toEqual([
    line('attendees', 4, { language: 'vi' }),
    line('attendees', null, { language: 'cmo' }),
    line('attendees', 12, { language: 'rad' }),
  ]);
  expect(linesOf('leaflets', 'whole', { languages: ['vi'], groups: [] }, before)).toEqual([
    line('leaflets', null),
  ]);
});

describe('what is sent', () => {
  const day = '2022-05-08';

  it('is what is new or differs, with the version that it corrects', () => {
    const before = [told('attendees', 120, { version: 2 }), told('leaflets', 300)];
    const sent = changedMeasures([line('attendees', 125), line('leaflets', 300)], before, day);
    expect(sent).toMatchObject([{ measure: 'attendees', value: 125, version: 2 }]);
    expect(changedMeasures([line('attendees', null)], [], day)).toEqual([]);
    expect(changedMeasures([line('attendees', 0)], [], day)).toMatchObject([{ value: 0, version: null }]);
    // What was told keeps its day, unless another is chosen.
    expect(changedMeasures([line('leaflets', 300)], before, '2022-05-09')).toEqual([]);
    expect(changedMeasures([line('leaflets', 300)], before, '2022-05-09', true)).toMatchObject([
      { measure: 'leaflets', value: 300, day: '2022-05-09', version: 1 },
    ]);
  });

  it('takes back what was told in another way, so that nothing counts twice', () => {
    const groups = [line('attendees', 80, { audience_group: 'a' })];
    expect(changedMeasures(groups, [told('attendees', 120)], day)).toMatchObject([
      { audience_group: 'a', value: 80, version: null },
      { audience_group: '', value: 0, version: 1 },
    ]);
    expect(changedMeasures(groups, [told('attendees', 0), told('leaflets', 9)], day)).toHaveLength(1);
    // Nothing is taken back while nothing was typed in its place.
    const empty = [line('attendees', null, { audience_group: 'a' })];
    expect(changedMeasures(empty, [told('attendees', 120)], day)).toEqual([]);
  });
});

it('keeps the newest version of each value', () => {
  const history = [told('attendees', 1), told('attendees', 2, { version: 2 }), told('leaflets', 5)];
  expect(currentOf(history).map((one) => one.value)).toEqual([2, 5]);
});
