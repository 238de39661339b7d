import { expect, it } from 'vitest';
import { recordDays } from './campaigns';

const campaign = { first_day: '2022-05-01', last_day: '2022-05-31' };
const check = (today: string, standing: string, first: string, last: string, proposed: string) =>
  expect(recordDays(campaign, today), today).toEqual({ standing, first, last, proposed });

it('proposes a day of the campaign for a field record, and none that has not come', () => {
  check('2022-04-30', 'before', '2022-05-01', '2022-05-31', '2022-05-01');
  check('2022-05-01', 'during', '2022-05-01', '2022-05-01', '2022-05-01');
  check('2022-05-17', 'during', '2022-05-01', '2022-05-17', '2022-05-17');
  check('2022-05-31', 'during', '2022-05-01', '2022-05-31', '2022-05-31');
  check('2022-06-01', 'over', '2022-05-01', '2022-05-31', '2022-05-31');
});
