// The main journeys, as people go them.
import { accessible, expect, handOutTask, PHONE, settled, signIn, test } from './world';

test.describe('signing in', () => {
  // A browser writes every refused request to its console, so that of the wrong password too.
  test.use({ expectedFailures: [/401 \(Unauthorized\).*\/sessions\)/] });

  test('a wrong password is told in Vietnamese, the right one leads to the overview', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await page.getByLabel('Tên đăng nhập').fill('demo.kehoach');
    await page.getByLabel('Mật khẩu').fill('sai-mat-khau');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await expect(page.getByRole('alert')).toContainText(/mật khẩu/i);
    await page.getByLabel('Mật khẩu').fill(process.env.E2E_PASSWORD ?? '');
    await page.getByRole('button', { name: 'Đăng nhập' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Tổng quan' })).toBeVisible();
    await expect(page).toHaveURL('/');
  });
});

test('the first visit leads to the sign-in page and leaves nothing in the console', async ({ page }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await expect(page.getByLabel('Tên đăng nhập')).toBeVisible();
  await settled(page);
  expect(said).toEqual([]);
});

test('signing out ends the session', async ({ page }) => {
  await signIn(page, 'demo.lanhdao');
  await page.goto('/');
  await page.getByRole('button', { name: /^Tài khoản của/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/tasks');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('the language changes and stays', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  await page.goto('/account');
  await page.getByRole('button', { name: 'English', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Account' })).toBeVisible();
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test('a task is acknowledged, reported on with evidence and handed in', async ({ page }) => {
    const title = `Phát thanh quyền lợi BHXH tự nguyện ${Date.now()}`;
    await handOutTask(page, title);
    await signIn(page, 'demo.baocao');
    await page.goto('/tasks');
    const card = page.getByRole('article').filter({ hasText: title });
    await card.getByRole('button', { name: 'Đã phổ biến, quán triệt' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Đã ghi nhận.' })).toBeVisible();

    await card.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '50%' }).click();
    await dialog.getByLabel('Ghi chú').fill('Đã phát 5 buổi.');
    await dialog.locator('input[type=file]').setInputFiles({
      name: 'anh.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    });
    await accessible(page);
    await dialog.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await expect(card).toContainText('50%');

    await card.getByRole('link', { name: title }).click();
    await expect(page.getByRole('link', { name: 'anh.png' })).toBeVisible();
    await expect(page.getByText('Đã phát 5 buổi.')).toBeVisible();
    await page.getByRole('button', { name: 'Báo cáo tiến độ' }).click();
    await dialog.getByRole('button', { name: '100%' }).click();
    await dialog.getByRole('button', { name: 'Gửi, đề nghị duyệt' }).click();
    await expect(page.getByText('Chờ duyệt').first()).toBeVisible();
  });
});

test('figures are compared, and restated on the boundaries of today', async ({ page }) => {
  await signIn(page, 'demo.quantri');
  await page.goto('/figures?indicator=participants.voluntary_si&unit=old-66&period=2023-03');
  const main = page.getByRole('main');
  await expect(main.getByText('17.452').first()).toBeVisible();
  await expect(main.getByText('+708').first()).toBeVisible();

  // The unit of then is gone today: the answer says so and names what followed it.
  await page.goto(
    '/figures?indicator=participants.voluntary_si&unit=new-66&period=2023-03&boundaries=as_now',
  );
  await settled(page);
  await expect(main.getByText('17.452').first()).toBeVisible();
  await page.getByRole('button', { name: 'Biểu đồ' }).click();
  await settled(page);
  await expect(main.locator('figure svg')).toBeVisible();
});

test('a unit is found without accents', async ({ page }) => {
  await signIn(page, 'demo.quantri');
  await page.goto('/figures?indicator=participants.voluntary_si&unit=vn&period=2023-03');
  await page.getByLabel('Đơn vị hành chính').fill('dak lak');
  await page
    .getByRole('option', { name: /Đắk Lắk/ })
    .first()
    .click();
  await expect(page).toHaveURL(/unit=(old|new)-66/);
});

test('the report of the launch day shows what the records say', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  await page.goto('/campaigns/nghe-an-2022-launch/report');
  const report = page.frameLocator('iframe');
  await expect(report.locator('body')).toContainText('1.322');
  await expect(report.locator('body')).toContainText('2.222');
});
