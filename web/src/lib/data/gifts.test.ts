import { expect, it } from 'vitest';
import { byDonor, type GiftPledge } from './gifts';

const pledge = (donor_name: string, quantity: number, given: number, body?: string): GiftPledge => ({
  id: `${donor_name}-${quantity}`,
  campaign_id: 'c',
  donor_name,
  donor_organization_id: body ?? null,
  gift_kind: 'voluntary_si_book',
  quantity,
  given,
  admin_unit_id: 'new-40',
  admin_unit_name: 'Tỉnh Nghệ An',
  day: '2022-05-06',
  recorded_at: '2022-05-06T00:00:00Z',
});

it('adds pledges up by donor, bodies by their id, who pledged most first', () => {
  const donors = byDonor([
    pledge('Doanh nghiệp B', 10, 4),
    pledge('Mặt trận Tổ quốc', 30, 30, 'na-mttq'),
    pledge('MTTQ tỉnh', 5, 0, 'na-mttq'),
    pledge('Doanh nghiệp B', 40, 1),
  ]);
  expect(donors.map(({ name, quantity, given }) => [name, quantity, given])).toEqual([
    ['Doanh nghiệp B', 50, 5],
    ['Mặt trận Tổ quốc', 35, 30],
  ]);
  expect(donors[1]?.pledges).toHaveLength(2);
});
