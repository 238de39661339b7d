// The main journeys, as people go them.
import { accessible, expect, PHONE, settled, signIn, test } from './world';

test.describe('signing in', () => {
  test.use({ expectedFailures: [/401 \(Unauthorized\)/] });

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

  test('signing out ends the session', async ({ page }) => {
    await signIn(page, 'demo.lanhdao');
    await page.goto('/');
    await page.getByRole('button', { name: /^Tài khoản của/ }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await expect(page).toHaveURL(/\/sign-in/);
    await page.goto('/tasks');
    await expect(page).toHaveURL(/\/sign-in/);
  });
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
