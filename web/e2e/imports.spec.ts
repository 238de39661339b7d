// Bringing tables in: what is wrong is told place by place, the right rows can be taken, unreadable files say why.
import type { Page } from '@playwright/test';
import { readFile, writeFile } from 'node:fs/promises';
import { accessible, expect, PHONE, recordClaim, settled, signIn, test } from './world';

const INDICATOR = 'participants.voluntary_si';

/** Row 1 is the header; what is wrong stands in rows 3 to 7. */
const ROWS = [
  'Đơn vị,Chỉ tiêu,Kỳ báo cáo,Số liệu',
  `Thành phố Vinh,${INDICATOR},05/2023,120`,
  `Xã Không Có Thật,${INDICATOR},05/2023,12`,
  `Thị xã Cửa Lò,${INDICATOR},31/02/2023,12`,
  `Thị xã Cửa Lò,${INDICATOR},05/2023,mười hai`,
  `Thị xã Thái Hoà,${INDICATOR},05/2023,-3`,
  `Thành phố Vinh,${INDICATOR},tháng 5/2023,121`,
  `Huyện Quế Phong,${INDICATOR},05/2023,1.322`,
];
const csv = (name: string, rows: string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${rows.join('\n')}\n`),
});

async function check(page: Page, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
}

/** The faults shown: row, column and text of each. */
async function faults(page: Page): Promise<string[][]> {
  const rows = page.getByRole('table', { name: 'Các lỗi' }).locator('tbody tr');
  await expect(rows.first()).toBeVisible();
  return rows.evaluateAll((all) =>
    all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.innerText.trim())),
  );
}

for (const [size, viewport] of [
  ['laptop', undefined],
  ['phone', PHONE],
] as const) {
  test.describe(size, () => {
    if (viewport) test.use({ viewport, hasTouch: true, isMobile: true });

    test('a bad table is told fault by fault, and its right rows are taken', async ({ page }) => {
      // Each run reports another month, so that one does not find the figures of the other.
      const rows = ROWS.map((row) => (viewport ? row.replace('5/2023', '6/2023') : row));
      await signIn(page, 'demo.kehoach');
      await page.goto('/imports');
      await settled(page);
      const unit = page.getByLabel('Đơn vị hành chính');
      await expect(unit).toHaveValue('Tỉnh Nghệ An');
      await unit.fill('nghe an');
      await page
        .getByRole('option', { name: /^Tỉnh Nghệ An/ })
        .first()
        .click();

      // A column that nobody knows concerns every row: nothing can be taken.
      await check(
        page,
        csv(
          'thang-5.csv',
          rows.map((row, index) => `${row},${index ? 'x' : 'Màu sắc'}`),
        ),
      );
      const found = await faults(page);
      expect(found.map(([row, column]) => [row, column])).toEqual([
        ['1', expect.stringContaining('E')],
        ['3', expect.stringContaining('A')],
        ['4', expect.stringContaining('C')],
        ['5', expect.stringContaining('D')],
        ['6', expect.stringContaining('D')],
        ['7', expect.stringContaining('A')],
      ]);
      const text = (row: string) => found.find(([line]) => line === row)?.[2] ?? '';
      expect(text('1')).toContain('không có trong mẫu');
      expect(text('3')).toContain('Xã Không Có Thật');
      expect(text('4')).toContain('có 28 ngày');
      expect(text('5')).toContain('mười hai');
      expect(text('6')).toContain('số âm');
      expect(text('7')).toContain('dòng 2');
      await expect(page.getByText('Lỗi ở dòng tiêu đề')).toBeVisible();
      await expect(page.getByRole('button', { name: /^Chỉ nhận/ })).toHaveCount(0);
      await accessible(page);

      const saving = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Tải tệp kèm cột lỗi' }).click();
      const saved = await saving;
      expect(saved.suggestedFilename()).toMatch(/\.xlsx$/);
      const workbook = await readFile(await saved.path());
      expect(workbook.subarray(0, 2).toString()).toBe('PK');
      expect(workbook.length).toBeGreaterThan(2000);

      // Without that column, the two right rows are.
      await check(page, csv('thang-5.csv', rows));
      await expect(page.getByRole('button', { name: 'Chỉ nhận 2 dòng đúng' })).toBeVisible();
      const preview = page.getByRole('table', { name: 'Những dòng đầu, như đã hiểu' });
      await expect(preview).toContainText(/Thành phố Vinh\s+\(old-412\)/);
      await expect(preview).toContainText('1.322');
      await accessible(page);
      await page.getByRole('button', { name: 'Chỉ nhận 2 dòng đúng' }).click();
      const done = page.getByRole('status').filter({ hasText: 'Đã nhận 2 dòng' });
      await expect(done).toContainText('2 thêm mới');
      await expect(done).toBeInViewport();

      // It stands first among the past imports and can be opened again.
      await page.reload();
      await settled(page);
      const past = page.getByRole('table', { name: 'Các tệp đã nhập' }).locator('tbody tr').first();
      await expect(past).toContainText('Đã nhận');
      await expect(past).toContainText('Tỉnh Nghệ An');
      await expect(past).toContainText('Người lập kế hoạch mẫu');
      await past.getByRole('link').click();
      await expect(page.getByRole('status').filter({ hasText: 'Đã nhận 2 dòng' })).toBeVisible();
      await expect(page.getByText('thang-5.csv')).toBeVisible();
      await accessible(page);
    });
  });
}

test('one unit to a row needs a period, and the template brings its columns', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  await page.goto('/imports');
  await page.getByLabel('Cách trình bày').click();
  await page.getByRole('option', { name: /^Mỗi dòng một đơn vị/ }).click();
  const period = page.getByRole('group', { name: 'Kỳ' });
  await period.getByLabel('Loại kỳ').click();
  await page.getByRole('option', { name: /^Kỳ báo cáo/ }).click();
  await period.getByLabel('Kỳ báo cáo (15–14)', { exact: true }).click();
  await page.getByRole('option', { name: 'Tháng 4' }).click();
  await period.getByLabel('Năm', { exact: true }).click();
  await page.getByRole('option', { name: '2023' }).click();

  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Tải mẫu' }).click();
  expect((await saving).suggestedFilename()).toContain('R2023-04');

  await check(page, csv('ngang.csv', [`Đơn vị,${INDICATOR}`, 'Thành phố Vinh,77', 'Huyện Quế Phong,5']));
  await page.getByRole('button', { name: 'Nhận 2 dòng' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã nhận 2 dòng' })).toBeVisible();
});

test('a locked period asks for a reason', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  const locked = await page.request.post('/api/v1/period_locks', {
    data: { admin_unit_id: 'old-40', period: '2023-08' },
  });
  expect(locked.ok()).toBe(true);
  await page.goto('/imports');
  await check(page, csv('khoa.csv', [ROWS[0] ?? '', `Thành phố Vinh,${INDICATOR},08/2023,9`]));
  expect((await faults(page))[0]?.[2]).toContain('khóa');
  const take = page.getByRole('button', { name: 'Nhận 1 dòng' });
  await take.click();
  await expect(page.getByText('Mục này không được để trống.')).toBeVisible();
  await page.getByLabel('Lý do').fill('Bổ sung theo biên bản đối chiếu');
  await take.click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã nhận 1 dòng' })).toBeVisible();
});

test.describe('files that are no table', () => {
  test.use({ expectedFailures: [/422 \(Unprocessable/] });

  test('an empty file and a zip without a workbook say why', async ({ page }) => {
    await signIn(page, 'demo.kehoach');
    await page.goto('/imports');
    await check(page, { name: 'rong.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await expect(page.getByRole('alert')).toContainText('Tệp rỗng (0 byte)');
    // The end record of an archive in which nothing lies.
    const zip = Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(18)]);
    await check(page, { name: 'so-lieu.xlsx', mimeType: 'application/zip', buffer: zip });
    await expect(page.getByRole('alert')).toContainText('không chứa sổ bảng tính');
    await expect(page.getByRole('alert')).toContainText('giải nén');
    await accessible(page);
  });

  test('a file that was edited after it was chosen is to be chosen again', async ({ page }, info) => {
    await signIn(page, 'demo.kehoach');
    await page.goto('/imports');
    const path = info.outputPath('so-lieu.csv');
    await writeFile(path, `${ROWS.slice(0, 2).join('\n')}\n`);
    await page.locator('input[type=file]').setInputFiles(path);
    await writeFile(path, `${ROWS.join('\n')}\n`);
    await page.getByRole('button', { name: 'Kiểm tra', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Hãy chọn lại tệp.');
  });

  test('in English they are told in English', async ({ page }) => {
    await signIn(page, 'demo.kehoach');
    await page.addInitScript(() => localStorage.setItem('raquan.locale', 'en'));
    await page.goto('/imports');
    const pick = page.locator('input[type=file]');
    const go = page.getByRole('button', { name: 'Check', exact: true });
    await pick.setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
    await go.click();
    await expect(page.getByRole('alert')).toContainText('The file is empty');
    await pick.setInputFiles(csv('bad.csv', [ROWS[0] ?? '', `Thành phố Vinh,${INDICATOR},07/2023,-3`]));
    await go.click();
    await expect(page.getByRole('table', { name: 'Faults' })).toContainText('must not be negative', {
      ignoreCase: true,
    });
  });
});

test('an official list is held against what was claimed in a campaign', async ({ page }) => {
  const person = await recordClaim(page);
  await page.goto('/imports');
  await page.getByLabel('Nội dung tệp').click();
  await page.getByRole('option', { name: /^Danh sách xác nhận/ }).click();
  await page.getByLabel('Chiến dịch').click();
  await page.getByRole('option', { name: person.campaign }).click();
  const list = csv('xac-nhan.csv', [
    'Loại hình,Số định danh,Họ và tên,Năm sinh',
    `BHXH tự nguyện,${person.nationalId},${person.name},1980`,
    `BHXH tự nguyện,${person.nationalId},${person.name},1980`,
    'BHXH tự nguyện,040099000123,Trần Thị Không Đăng Ký,1975',
    ',040099000124,Lê Văn Thiếu,1975',
  ]);
  await check(page, list);
  expect((await faults(page)).map(([row]) => row)).toEqual(['5']);
  const count = (label: string) => page.getByRole('definition').and(page.locator(`[data-count="${label}"]`));
  await expect(count('matched')).toHaveText('1');
  await expect(count('unmatched')).toHaveText('1');
  await expect(count('doubles')).toHaveText('1');
  await page.getByRole('button', { name: 'Chỉ ghi nhận 3 dòng đúng' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Đã ghi nhận danh sách' })).toBeVisible();
  await expect(count('matched')).toHaveText('1');
  await settled(page);
  const past = page.getByRole('table', { name: 'Các danh sách đã ghi nhận' }).locator('tbody tr');
  await expect(past).toHaveCount(1);
  await accessible(page);
});

test.describe('without the right', () => {
  test('a leader who only reads is told so', async ({ page }) => {
    await signIn(page, 'demo.lanhdao');
    await page.goto('/');
    await expect(page.getByRole('link', { name: 'Nhập tệp' })).toHaveCount(0);
    await page.goto('/imports');
    await expect(page.getByText('Vai trò của bạn không được nhập tệp.')).toBeVisible();
  });
});
