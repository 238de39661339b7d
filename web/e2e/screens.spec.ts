// Every first screen on a laptop and on a phone: it opens, it is accessible, its picture goes to the guide.
import type { BrowserContext, Page } from '@playwright/test';
import { accessible, expect, LAPTOP, PHONE, picture, settled, signIn as signInAnew, test } from './world';

test.use({ database: 'guide' });

/** One session for each account, so that the list of sessions stays short. */
const sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
async function signIn(page: Page, user: string): Promise<void> {
  const known = sessions.get(user);
  if (known) return page.context().addCookies(known);
  await signInAnew(page, user);
  sessions.set(user, await page.context().cookies());
}

const LAUNCH = '/campaigns/nghe-an-2022-launch/activities/na22l-ra-quan';
/** `shown` is what the picture must show, where that lies further down. */
const SCREENS: [name: string, path: string, user: string, shown?: string][] = [
  ['overview', '/', 'demo.kehoach'],
  ['campaigns', '/campaigns', 'demo.kehoach'],
  ['plan', '/campaigns/ninh-thuan-2021', 'demo.quantri'],
  ['campaign-tasks', '/campaigns/nghe-an-2022/tasks', 'demo.kehoach'],
  ['activities', '/campaigns/dak-lak-2022/activities', 'demo.quantri'],
  ['activity-new', '/campaigns/nghe-an-2022/activities/new', 'demo.kehoach'],
  ['measures', `${LAUNCH}/measures`, 'demo.kehoach'],
  ['sites', `${LAUNCH}/prepare/sites`, 'demo.kehoach'],
  ['readiness', `${LAUNCH}/prepare/readiness`, 'demo.kehoach'],
  ['gifts', '/campaigns/nghe-an-2022/gifts', 'demo.kehoach'],
  ['results', '/campaigns/nghe-an-2022-launch/results', 'demo.kehoach'],
  ['report', '/campaigns/nghe-an-2022-launch/report', 'demo.kehoach'],
  ['my-tasks', '/tasks?shelf=done', 'demo.kehoach'],
  ['figures', '/figures?indicator=participants.voluntary_si&unit=old-66&period=2023-03', 'demo.quantri'],
  [
    'figures-chart',
    '/figures?indicator=participants.voluntary_si&unit=old-58&period=2021-12&view=chart',
    'demo.quantri',
    'figure',
  ],
  [
    'figures-map',
    '/figures?indicator=communes_informed&unit=new-40&period=2022-05&boundaries=as_now&view=map',
    'demo.kehoach',
    'figure',
  ],
  ['monthly-approval', '/monthly/approval?period=2022-05&unit=old-40', 'demo.kehoach'],
  ['targets', '/monthly/targets?period=2025&unit=old-30', 'demo.quantri'],
  ['imports', '/imports', 'demo.kehoach'],
  ['field', '/field', 'demo.kehoach'],
  ['administration', '/admin', 'demo.quantri'],
  ['administration-organizations', '/admin/organizations', 'demo.kehoach'],
  ['administration-kinds', '/admin/kinds', 'demo.kehoach'],
  ['administration-changes', '/admin/changes', 'demo.quantri'],
  ['account', '/account', 'demo.kehoach'],
];

for (const [size, viewport] of Object.entries({ laptop: LAPTOP, phone: PHONE })) {
  test.describe(size, () => {
    test.use({ viewport, hasTouch: size === 'phone', isMobile: size === 'phone' });

    test('sign-in', async ({ page }) => {
      await page.goto('/sign-in');
      await settled(page);
      await accessible(page);
      await picture(page, `sign-in-${size}`);
    });

    for (const [name, path, user, shown] of SCREENS) {
      test(name, async ({ page }) => {
        await signIn(page, user);
        await page.goto(path);
        await settled(page);
        await accessible(page);
        if (shown)
          await page
            .locator(`section:has(${shown})`)
            .last()
            .evaluate((part) => part.scrollIntoView());
        await picture(page, `${name}-${size}`);
      });
    }

    test('plan-edit', async ({ page }) => {
      await signIn(page, 'demo.kehoach');
      // The plan as it was before it was issued, without writing to this database.
      await page.route(/\/campaigns\/nghe-an-2022(\/versions\/\d+)?$/, async (route) => {
        if (route.request().resourceType() === 'document') return route.continue();
        const response = await route.fetch();
        const earlier = { issued: false, state: 'draft' };
        return route.fulfill({ response, json: { ...(await response.json()), ...earlier } });
      });
      await page.goto('/campaigns/nghe-an-2022/edit');
      await expect(page.getByText('Mọi thay đổi đã lưu')).toBeVisible();
      await settled(page);
      await accessible(page);
      await picture(page, `plan-edit-${size}`);
    });

    test('campaign-new', async ({ page }) => {
      await signIn(page, 'demo.kehoach');
      await page.goto('/campaigns');
      await page.getByRole('button', { name: 'Lập chiến dịch mới' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Lập từ kế hoạch của').fill('nam 2022');
      await page.getByRole('option', { name: /toàn dân tỉnh Nghệ An năm 2022/ }).click();
      await expect(dialog.getByLabel('Tên chiến dịch')).toHaveValue(/Nghệ An năm 20\d\d$/);
      await settled(page);
      await accessible(page);
      await picture(page, `campaign-new-${size}`);
    });

    test('monthly-form', async ({ page }) => {
      await signIn(page, 'demo.kehoach');
      // With something that the unit reported before, without writing to this database.
      await page.route('**/api/v1/monthly_forms/**', async (route) => {
        const response = await route.fetch();
        const form = await response.json();
        form.lines.forEach((line: object, at: number) =>
          Object.assign(line, { previous: 1200 + at * 311, last_year: 1150 + at * 307 }),
        );
        return route.fulfill({ response, json: form });
      });
      await page.goto('/monthly?period=2022-05&unit=old-412');
      const fields = page.getByRole('table').getByRole('textbox');
      for (const [at, value] of ['1204', '15260', '1830'].entries()) await fields.nth(at).fill(value);
      await settled(page);
      await accessible(page);
      await picture(page, `monthly-form-${size}`);
    });

    test('import-faults', async ({ page }) => {
      await signIn(page, 'demo.kehoach');
      await page.goto('/imports');
      const indicator = 'Số người tham gia BHXH tự nguyện';
      const rows = [
        'Đơn vị,Chỉ tiêu,Kỳ báo cáo,Số liệu',
        `Thành phố Vinh,${indicator},05/2024,6.120`,
        `Thị xã Hoàng Mai,${indicator},05/2024,1.044`,
        `Huyện Nghi Lộc Mới,${indicator},05/2024,1.208`,
        `Huyện Quế Phong,${indicator},31/02/2024,311`,
        `Huyện Con Cuông,${indicator},05/2024,mười hai`,
        `Huyện Đô Lương,${indicator},05/2024,-3`,
      ];
      await page.locator('input[type=file]').setInputFiles({
        name: 'so-lieu-thang-5.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(rows.join('\n')),
      });
      await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
      await expect(page.getByRole('region', { name: 'Kết quả kiểm tra' })).toBeInViewport();
      await settled(page);
      await picture(page, `import-faults-${size}`);
    });
  });
}

test('the overview tells the last month that has figures', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  await page.goto('/');
  await expect(page.getByText('Số liệu đến tháng 5/2022')).toBeVisible();
  await expect(page.getByRole('article').filter({ hasText: '1.322' })).toBeVisible();
  await page.getByRole('article').filter({ hasText: '1.322' }).getByRole('link').click();
  await expect(page.getByRole('main').getByText('1.322').first()).toBeVisible();
});

test('accounts are listed with the names of their bodies and units', async ({ page }) => {
  await signIn(page, 'demo.quantri');
  await page.goto('/admin');
  const row = page.getByRole('row').filter({ hasText: 'demo.kehoach' });
  await expect(row).toContainText('Bảo hiểm xã hội tỉnh Nghệ An');
  await expect(row).toContainText('Người lập kế hoạch: Tỉnh Nghệ An');
  await expect(page.getByRole('table')).not.toContainText('new-');
});
