// The calculator for everybody: its answers, its link, its pictures for the guide, and all of it without a network.
import { accessible, expect, LAPTOP, PHONE, picture, settled, signIn, test } from './world';
import type { Page } from '@playwright/test';

test.use({ database: 'guide' });

const ON = 'on=2026-11-22';
/** A woman of 40 who paid for 12 years until June 2025. */
const WOMAN = `?tab=compare&${ON}&born=1986-05&sex=woman&paid=144&last=2025-06&wage=4000000&scheme=compulsory_si`;

const SCREENS: [name: string, query: string][] = [
  [
    'calculator',
    `?tab=voluntary&${ON}&income=2000000&category=near_poor&mode=twelve_months&born=1986-05&sex=woman&years=20`,
  ],
  ['calculator-household', `?tab=household&${ON}&members=household,household,household,pupil,budget_paid`],
  ['calculator-compare', WOMAN],
];

for (const [size, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
  test.describe(size, () => {
    test.use({ viewport, hasTouch: size === 'phone', isMobile: size === 'phone' });
    for (const [name, query] of SCREENS) {
      test(name, async ({ page }) => {
        await page.goto(`/calculator${query}`);
        await settled(page);
        await expect(page.getByText('Tính theo quy định ngày 22/11/2026, bản quy định')).toBeVisible();
        await accessible(page);
        await picture(page, `${name}-${size}`);
        await page.getByText('Cách tính, từng bước').first().click();
        await accessible(page);
      });
    }
  });
}

/** Until the service worker holds everything. */
async function keptOnDevice(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller)
      await new Promise((taken) => navigator.serviceWorker.addEventListener('controllerchange', taken));
  });
}

test.describe('without a network', () => {
  test.use({
    viewport: PHONE,
    hasTouch: true,
    isMobile: true,
    expectedFailures: [/ERR_INTERNET_DISCONNECTED/],
  });

  test('withdraw now or keep, for a woman of 40 with 12 years paid', async ({ page, context }) => {
    await page.goto('/sign-in');
    await keptOnDevice(page);
    await context.setOffline(true);
    await page.goto(`/calculator${WOMAN}`);
    await expect(page.locator('.answers').getByText('giữ lại có lợi hơn rút một lần').first()).toBeVisible();
    await accessible(page);
    await picture(page, 'calculator-offline-phone');
    await page.getByText('Cách tính, từng bước').click();
    await expect(page.getByText('Luật Bảo hiểm xã hội 41/2024/QH15').first()).toBeVisible();
  });
});

test('asks for what the answer needs next, and refuses with limit and article', async ({ page }) => {
  await page.goto(`/calculator?${ON}`);
  await settled(page);
  await expect(page.getByLabel('Năm sinh')).toHaveCount(0);
  await page.getByLabel('Mức thu nhập chọn, mỗi tháng').fill('1400000');
  await expect(page.getByRole('alert')).toContainText('1.500.000');
  await expect(page.getByRole('alert')).toContainText('Nghị định');
  await page.getByRole('button', { name: '1.500.000' }).click();
  await expect(page.locator('.answers').getByText('264.000 đ').first()).toBeVisible();
  await page.getByLabel('Năm sinh').fill('1986');
  await page.getByRole('radio', { name: 'Nữ' }).check();
  await expect(page.getByRole('img', { name: /nhận lại đủ/ })).toBeVisible();
  await expect(page).toHaveURL(/on=2026-11-22&income=1500000&born=1986&sex=woman/);
  // The link says the same to somebody else.
  const said = await page.locator('.answers').innerText();
  await page.goto(page.url());
  await expect(page.getByRole('img', { name: /nhận lại đủ/ })).toBeVisible();
  expect(await page.locator('.answers').innerText()).toBe(said);
});

test('an answer is saved as a picture', async ({ page }) => {
  await page.goto(`/calculator${WOMAN}`);
  await settled(page);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Lưu ảnh' }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe('ra-quan-vi.png');
  await file.saveAs(test.info().outputPath('answer.png'));
});

test('speaks English, by keyboard alone', async ({ page }) => {
  await page.goto(`/calculator?tab=household&${ON}`);
  await settled(page);
  await page.getByRole('button', { name: 'English' }).press('Enter');
  await expect(page.getByText('The household pays for 12 months')).toBeVisible();
  await page.getByRole('button', { name: 'One more' }).press('Enter');
  await expect(page.getByLabel('Person 4')).toBeVisible();
  await page.getByRole('button', { name: 'Withdraw or keep' }).press('Enter');
  await expect(page.getByLabel('Year of birth')).toBeVisible();
  await accessible(page);
});

test('lies at hand in counselling and on the page for signing in', async ({ page }) => {
  await page.goto('/sign-in');
  await expect(page.getByRole('link', { name: 'Tính thử đóng, hưởng' })).toHaveAttribute(
    'href',
    '/calculator',
  );
  await signIn(page, 'demo.kehoach');
  await page.goto('/more');
  await expect(page.getByRole('main').getByRole('link', { name: 'Tính thử' })).toBeVisible();
  await page.goto('/field');
  await settled(page);
  await page.getByRole('button', { name: 'Tính thử' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '3.000.000' }).click();
  await expect(dialog.locator('.answers').getByText('594.000 đ').first()).toBeVisible();
  await dialog.getByRole('button', { name: 'Ghi kèm lượt tư vấn' }).click();
  await expect(dialog).toBeHidden();
  const kept = page.getByRole('list', { name: 'Kết quả tính thử kèm theo' });
  await expect(kept).toContainText('Mức đóng BHXH tự nguyện');
  await accessible(page);
  await kept.getByRole('button', { name: 'Bỏ Mức đóng BHXH tự nguyện' }).click();
  await expect(kept).toHaveCount(0);
});
