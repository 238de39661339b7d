import { describe, expect, it } from 'vitest';
import type { Plan } from '$lib/data/campaigns';
import { draftOf, nameLines, newLine, planOf } from './draft';
import { clashes, merged, type Content } from './merge';
import { nextDays, nextName, proposedId } from './next';
import { anchorOf, missingParts, partOf, placeOf, placeOfFault, sectionOf, named } from './places';

const plan: Plan = {
  legal_bases: [{ number: '81-KH/TU', date: '2022-03-07', issuer: 'Tỉnh ủy', subject: 'bao phủ' }],
  objectives: {
    overall: 'Chuyển biến về nhận thức.',
    specific: [{ text: 'Hạn chế rút một lần', indicator: 'one_time_withdrawals', direction: 'down' }],
  },
  requirements: ['Đi thẳng đến cơ sở', 'Ưu tiên trực tiếp'],
  method: '',
  audiences: [{ id: 'workers', name: 'Người lao động' }],
  theme: 'BHXH toàn dân',
  logo: '',
  main_message: '',
  slogans: [{ audience: 'workers', text: 'An tâm' }],
  channels: [],
  means: [],
  workstreams: [{ id: 'mobilise', name: 'Vận động' }],
  activities_planned: [
    { workstream: 'mobilise', kind: null, text: 'Hội nghị', quantity: 50, period: '2022-05' },
  ],
  responsibilities: [{ organization_id: null, name: 'UBND các xã', role: 'coordinate', text: 'Tổ chức' }],
  budget_lines: [{ name: 'Tờ rơi', allotted_vnd: 12_500_000_000, spent_vnd: 0 }],
  report: {
    statistics_period: null,
    rounded_down: ['participants.voluntary_si'],
    ranking_minimum: { result: 0, target: 0, growth: 100 },
  },
};
const content: Content = { name: 'Tháng vận động', first_day: '2022-05-01', last_day: '2022-05-31', ...plan };

describe('the draft of a plan', () => {
  it('is written back as it was read', () => {
    expect(planOf(draftOf(plan))).toEqual(plan);
  });

  it('takes lines in which the server leaves out what is not there', () => {
    const bare = JSON.parse(JSON.stringify(plan)) as Plan;
    delete (bare.activities_planned[0] as Partial<Plan['activities_planned'][0]>).kind;
    delete (bare.responsibilities[0] as Partial<Plan['responsibilities'][0]>).organization_id;
    expect(planOf(draftOf(bare))).toEqual(plan);
  });

  it('names new audiences readably, and never renames', () => {
    const line = (name: string, id = '') => ({ ...newLine.named(), id, name });
    const lines = [
      line('Người lao động', 'workers'),
      line('Học sinh'),
      line('Học sinh'),
      line(' '),
      line('…'),
    ];
    nameLines(lines);
    expect(lines.map(({ id }) => id)).toEqual(['workers', 'hoc-sinh', 'hoc-sinh-2', '', 'muc']);
  });
});

describe('the places of faults', () => {
  it('stay with their line while lines move', () => {
    const draft = draftOf(plan);
    const second = draft.requirements[1];
    const place = placeOfFault('plan.requirements[1]', draft);
    draft.requirements.reverse();
    expect(place).toBe(placeOf('requirements', second));
    const objective = draft.objectives.specific[0];
    expect(placeOfFault('plan.objectives.specific[0].direction', draft)).toBe(
      placeOf('objectives.specific', objective, 'direction'),
    );
    expect(placeOfFault('plan.report.ranking_minimum.growth', draft)).toBe('report.ranking_minimum.growth');
    expect(placeOfFault('last_day', draft)).toBe('last_day');
  });

  it('are found in the page', () => {
    expect(anchorOf('plan.slogans[2].audience')).toBe('slogans-2');
    expect(anchorOf('plan.objectives.specific[0].text')).toBe('objectives.specific-0');
    expect(anchorOf('plan.objectives.overall')).toBe('objectives.overall');
    expect(anchorOf('plan.legal_bases')).toBe('legal_bases');
    expect(partOf('plan.objectives.specific[0].text')).toEqual({ part: 'objectives.specific', number: 1 });
    expect(partOf('plan.report.statistics_period')).toEqual({ part: 'report.statistics_period' });
    expect(sectionOf('plan.slogans[2].audience')).toBe('audience');
    expect(sectionOf('first_day')).toBe('general');
    expect(sectionOf('row_version')).toBeUndefined();
  });
});

it('reads ids in the wording of differences as names', () => {
  const names = new Map([
    ['mobilise', 'Vận động'],
    ['workers', 'Người lao động'],
    ['debt_vnd', 'Số tiền nợ'],
    ['na-bhxh-tinh', 'BHXH tỉnh'],
  ]);
  expect(named('[mobilise] Hội nghị (khac), số lượng 50', names)).toBe(
    '[Vận động] Hội nghị (khac), số lượng 50',
  );
  expect(named('An tâm workers (workers)', names)).toBe('An tâm workers (Người lao động)');
  expect(named('Giảm nợ (giảm: debt_vnd)', names)).toBe('Giảm nợ (giảm: Số tiền nợ)');
  expect(named('làm tròn xuống: debt_vnd', names)).toBe('làm tròn xuống: Số tiền nợ');
  expect(named('na-bhxh-tinh (chủ trì): Tổ chức', names)).toBe('BHXH tỉnh (chủ trì): Tổ chức');
});

it('names the parts without which no plan is issued', () => {
  expect(missingParts(plan)).toEqual([]);
  const bare = { ...plan, legal_bases: [], workstreams: [], objectives: { overall: ' ', specific: [] } };
  expect(missingParts(bare)).toEqual(['legal_bases', 'objectives.overall', 'workstreams']);
});

it('tells which parts two people changed, and puts them together', () => {
  const mine = { ...content, theme: 'Của tôi', method: 'Của tôi', logo: 'Như nhau' };
  const theirs = { ...content, theme: 'Của người khác', channels: ['Báo chí'], logo: 'Như nhau' };
  expect(clashes(content, mine, theirs)).toEqual([
    { part: 'theme', by: 'both' },
    { part: 'channels', by: 'other' },
  ]);
  const both = merged(mine, theirs, ['channels']);
  expect([both.theme, both.method, both.channels]).toEqual(['Của tôi', 'Của tôi', ['Báo chí']]);
});

it('proposes the days, the name and the plan of the next campaign', () => {
  const may = { name: 'Tháng vận động năm 2022', first_day: '2022-05-01', last_day: '2022-05-31' };
  expect(nextDays(may, '2022-12-01')).toEqual({ first_day: '2023-05-01', last_day: '2023-05-31' });
  expect(nextDays(may, '2026-11-30')).toEqual({ first_day: '2027-05-01', last_day: '2027-05-31' });
  expect(nextDays(may, '2026-05-31').last_day).toBe('2026-05-31');
  expect(nextDays({ first_day: '2023-12-01', last_day: '2024-02-29' }, '2024-06-01')).toEqual({
    first_day: '2024-12-01',
    last_day: '2025-02-28',
  });
  expect(nextName(may, '2026-05-01')).toBe('Tháng vận động năm 2026');
  expect(nextName(may, '')).toBe(may.name);
  expect(nextName({ ...may, name: 'Số 120225' }, '2026-05-01')).toBe('Số 120225');
  const long = 'Tháng vận động triển khai bảo hiểm xã hội, bảo hiểm y tế toàn dân tỉnh Nghệ An năm 2027';
  expect(proposedId(long, '2027-05-01')).toBe('thang-van-dong-trien-khai-bao-hiem-xa-hoi-bao-hiem-y-te-2027');
  expect(proposedId('Nghệ An 2027', '2027-05-01')).toBe('nghe-an-2027');
});
