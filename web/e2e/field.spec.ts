// Recording in the field: the day and the unit that a form begins with, on a phone, without a network too.
import type { Page } from '@playwright/test';
import { accessible, expect, PHONE, runCampaign, settled, signIn, signInAtCommune, test } from './world';

test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

// Not the launch, whose report another journey reads.
const PAST = 'Tháng vận động triển khai bảo hiểm xã hội, bảo hiểm y tế toàn dân tỉnh Nghệ An năm 2022';
const days = (page: Page) => page.getByText(/^Chọn ngày từ/);
const day = (page: Page) => page.locator('.date-input').first();
const unit = (page: Page) => page.getByLabel('Xã, phường');

async function chooseCampaign(page: Page, name: string) {
  await page.getByLabel('Chiến dịch', { exact: true }).click();
  await page.getByRole('option', { name }).click();
}

for (const [record, save, saved] of [
  ['a consultation', 'Lưu lượt tư vấn', 'Đã lưu lượt tư vấn.'],
  ['an enrollment', 'Lưu đăng ký', 'Đã lưu đăng ký.'],
] as const)
  test(`${record} of a campaign that is over begins with its last day and the wards of then`, async ({
    page,
  }) => {
    await signIn(page, 'demo.baocao');
    await page.goto(`/field?form=${record.split(' ')[1]}`);
    await chooseCampaign(page, PAST);
    await expect(day(page)).toContainText('31/05/2022');
    await expect(days(page)).toContainText('từ 01/5/2022 đến 31/5/2022');

    // The ward of today was made of several; they are offered, and none is taken for the officer's.
    await expect(unit(page)).toHaveValue('');
    await unit(page).click();
    await page.getByRole('option', { name: 'Phường Lê Mao' }).click();
    await settled(page);
    await accessible(page);
    await page.getByRole('button', { name: save }).click();
    await expect(page.getByRole('status').filter({ hasText: saved })).toBeVisible();
  });

test('today is proposed while a campaign runs, and no other days than the campaign has', async ({ page }) => {
  const campaign = await runCampaign(page);
  await signIn(page, 'demo.baocao');
  await page.goto('/field');
  await chooseCampaign(page, campaign.name);
  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  await expect(day(page)).toContainText(today);
  await expect(days(page)).toContainText('đến hôm nay');
  await expect(unit(page)).toHaveValue('Phường Thành Vinh');

  // A name of today finds what was there then.
  await chooseCampaign(page, PAST);
  await expect(unit(page)).toHaveValue('');
  await unit(page).fill('thanh vinh');
  await expect(page.getByRole('option', { name: 'Phường Lê Mao' })).toBeVisible();
  await expect(page.getByRole('option', { name: 'Phường Thành Vinh' })).toHaveCount(0);
});

test('the unit before the merger is filled in where there is one only, without a network too', async ({
  page,
  context,
}) => {
  const campaign = await runCampaign(page);
  await signInAtCommune(page, 'new-16804');
  await page.goto('/field');
  await chooseCampaign(page, campaign.name);
  await expect(unit(page)).toHaveValue('Xã Châu Bình');
  await settled(page);

  await context.setOffline(true);
  await chooseCampaign(page, PAST);
  await expect(day(page)).toContainText('31/05/2022');
  await expect(unit(page)).toHaveValue('Xã Châu Bình');
  await context.setOffline(false);
  const sent = page.waitForRequest((request) => request.method() === 'POST');
  await page.getByRole('button', { name: 'Lưu lượt tư vấn' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ admin_unit_id: 'old-16804', day: '2022-05-31' });
});
