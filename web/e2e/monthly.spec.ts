// Monthly figures: a commune submits, the province approves and locks, targets are set and spread.
import type { Page } from '@playwright/test';
import { accessible, expect, LAPTOP, PHONE, settled, signIn, test } from './world';

/** Thành Vinh, where demo.baocao reports. */
const UNIT = 'new-16681';
const VOLUNTARY = 'Số người tham gia BHXH tự nguyện';

/** The month `back` months ago, as the API and as people write it. */
function month(back: number): { id: string; name: string } {
  const now = new Date();
  const then = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1));
  const [year, number] = [then.getUTCFullYear(), then.getUTCMonth() + 1];
  return { id: `${year}-${String(number).padStart(2, '0')}`, name: `tháng ${number}/${year}` };
}
const LAST = month(1);

/** What the unit has reported for the month before, by the API. */
async function reported(page: Page, value: number): Promise<void> {
  const row = { indicator: 'participants.voluntary_si', admin_unit_id: UNIT, period: month(2).id, value };
  const answer = await page.request.post('/api/v1/observations', {
    data: { id: `truoc-${Date.now()}`, rows: [row] },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const told = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();

test.describe('one month', () => {
  test.describe.configure({ mode: 'serial' });

  test.describe('on the phone of a commune officer', () => {
    test.use({
      viewport: PHONE,
      hasTouch: true,
      isMobile: true,
    });

    test('the form proposes the own unit, points out what is odd, and is submitted', async ({ page }) => {
      await signIn(page, 'demo.baocao');
      await reported(page, 1000);
      await page.goto('/');
      await page.getByRole('link', { name: 'Lập báo cáo' }).click();
      await expect(
        page.getByRole('heading', { name: `Phường Thành Vinh, ${LAST.name}`, exact: true }),
      ).toBeVisible();
      await expect(page.getByText('Chưa báo cáo').first()).toBeVisible();
      await settled(page);
      await accessible(page);

      const voluntary = field(page, VOLUNTARY);
      await voluntary.fill('mười');
      await page.getByRole('button', { name: 'Nộp báo cáo' }).click();
      await expect(voluntary).toBeFocused();
      await expect(page.getByText('Ghi số nguyên không âm')).toBeVisible();

      await voluntary.fill('10100');
      await expect(page.getByText(/Tăng 910% so với/)).toBeVisible();
      await voluntary.fill('1010');
      await expect(page.getByText(/Tăng 910% so với/)).toBeHidden();
      await expect(page.getByText('+10 (+1%)')).toBeVisible();

      const fields = page.getByRole('table', { name: 'Các chỉ tiêu của biểu' }).getByRole('textbox');
      for (const one of await fields.all()) if ((await one.inputValue()) === '') await one.fill('12');
      await accessible(page);
      await page.getByRole('button', { name: 'Nộp báo cáo' }).click();
      await told(page, /Đã nộp: 15 số mới, 0 số sửa/);
      await expect(page.getByText('Đã nộp, chờ duyệt')).toBeVisible();
      await expect(voluntary).toHaveValue('1.010');
    });

    test('what is typed and not submitted is asked about and kept', async ({ page }) => {
      await signIn(page, 'demo.baocao');
      await page.goto('/monthly');
      await field(page, VOLUNTARY).fill('1011');
      await page.getByRole('link', { name: 'Tổng quan' }).click();
      const dialog = page.getByRole('dialog');
      await expect(dialog).toContainText('Số đã nhập được giữ trên máy này');
      await dialog.getByRole('button', { name: 'Rời trang' }).click();
      await expect(page).toHaveURL('/');
      await page.goto('/monthly');
      await expect(field(page, VOLUNTARY)).toHaveValue('1.011');
      await page.getByRole('button', { name: 'Bỏ số nhập dở' }).click();
      await expect(field(page, VOLUNTARY)).toHaveValue('1.010');
    });
  });

  test('the planner looks, approves many at once and locks; the figure is there', async ({ page }) => {
    await signIn(page, 'demo.kehoach');
    await page.goto('/monthly/approval');
    await expect(
      page.getByRole('heading', { name: /^Báo cáo của các đơn vị thuộc Tỉnh Nghệ An/ }),
    ).toBeVisible();
    await page.getByLabel('Tìm đơn vị').fill('thanh vinh');
    const row = page.getByRole('list', { name: 'Các đơn vị' }).getByRole('listitem');
    await expect(row).toHaveCount(1);
    await expect(row).toContainText('15/15 số');
    await row.getByRole('button', { name: 'Phường Thành Vinh' }).click();
    await expect(row.getByRole('row').filter({ hasText: VOLUNTARY })).toContainText('1.010');
    await settled(page);
    await accessible(page);

    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Duyệt 15 số đã chọn' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('15 số liệu');
    await accessible(page);
    await dialog.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await told(page, 'Đã duyệt 15 số liệu.');
    await expect(row).toContainText('Đã duyệt');

    await page.getByRole('button', { name: 'Khóa kỳ' }).click();
    await dialog.getByRole('button', { name: 'Khóa kỳ' }).click();
    await told(page, `Đã khóa ${LAST.name} của Tỉnh Nghệ An.`);

    await page.goto(`/figures?indicator=participants.voluntary_si&unit=${UNIT}&period=${LAST.id}`);
    await expect(page.getByRole('article').filter({ hasText: '1.010' })).toBeVisible();
  });

  test('a correction in the locked period needs a reason, and its history tells it', async ({ page }) => {
    await page.setViewportSize(LAPTOP);
    await signIn(page, 'demo.baocao');
    await page.goto('/monthly');
    await expect(page.getByText('Kỳ đã khóa', { exact: true })).toBeVisible();
    await field(page, VOLUNTARY).fill('1020');
    await page.getByRole('button', { name: 'Nộp báo cáo' }).click();
    await expect(page.getByText('Mục này không được để trống.')).toBeVisible();
    await page.getByLabel('Lý do sửa').fill('Đối chiếu lại danh sách');
    await accessible(page);
    await page.getByRole('button', { name: 'Nộp báo cáo' }).click();
    await told(page, /0 số mới, 1 số sửa/);
    await page.getByRole('button', { name: `Lịch sử: ${VOLUNTARY}` }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('1.020');
    await expect(dialog).toContainText('Lý do: Đối chiếu lại danh sách');
    await expect(dialog.getByRole('listitem')).toHaveCount(2);
  });

  test('unlocking says why', async ({ page }) => {
    await signIn(page, 'demo.kehoach');
    await page.goto('/monthly/approval');
    await page.getByRole('button', { name: 'Mở khóa' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Mở khóa' }).click();
    await expect(dialog).toContainText('Mục này không được để trống.');
    await dialog.getByLabel('Lý do mở khóa').fill('Đơn vị đối chiếu lại số liệu');
    await dialog.getByRole('button', { name: 'Mở khóa' }).click();
    await told(page, `Đã mở khóa ${LAST.name} của Tỉnh Nghệ An.`);
    await expect(page.getByText('Kỳ này chưa khóa')).toBeVisible();
  });
});

test('a leader reads the form and cannot fill it in or approve', async ({ page }) => {
  await signIn(page, 'demo.lanhdao');
  await page.goto(`/monthly?unit=${UNIT}`);
  await expect(page.getByText('Bạn chỉ xem được biểu này.')).toBeVisible();
  await expect(page.getByRole('table').getByRole('textbox')).toHaveCount(0);
  await page.goto('/monthly/approval');
  await expect(page.getByText('Vai trò của bạn không được duyệt số liệu.')).toBeVisible();
});

test('a target is set, spread over the communes and changed with a reason', async ({ page }) => {
  await signIn(page, 'demo.kehoach');
  await page.goto('/monthly/targets?unit=new-40&period=2026');
  await page.getByRole('button', { name: 'Giao chỉ tiêu' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Chỉ tiêu', { exact: true }).fill('so nguoi moi tham gia bhxh tu nguyen');
  await page.getByRole('option', { name: 'Số người mới tham gia BHXH tự nguyện' }).click();
  await dialog.getByLabel(/^Chỉ tiêu giao/).fill('mười nghìn');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog.getByText('Ghi một số từ 0 trở lên.')).toBeVisible();
  await dialog.getByLabel(/^Chỉ tiêu giao/).fill('10.001');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog).toBeHidden();

  const own = page.getByRole('table', { name: 'Chỉ tiêu giao' });
  await own.getByRole('button', { name: 'Số người mới tham gia BHXH tự nguyện', exact: true }).click();
  await page.getByRole('button', { name: 'Phân bổ' }).click();
  await dialog.getByLabel('Chia theo').click();
  await page.getByRole('option', { name: /^Chia đều/ }).click();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Phân bổ' }).click();
  await told(page, /Đã phân bổ cho \d+ đơn vị\./);
  await expect(page.getByText('Cộng cấp dưới 10.001, chỉ tiêu chung 10.001')).toBeVisible();
  await settled(page);
  await accessible(page);

  await page.getByRole('button', { name: 'Sửa: Phường Thành Vinh' }).click();
  await dialog.getByLabel(/^Chỉ tiêu giao/).fill('100');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(dialog.getByText('Mục này không được để trống.')).toBeVisible();
  await dialog.getByLabel('Lý do, số văn bản').fill('Quyết định 12/QĐ-UBND');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByText(/chênh lệch/)).toBeVisible();
  await page.getByRole('button', { name: 'Các lần giao: Phường Thành Vinh' }).click();
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog).toContainText('Lý do: Quyết định 12/QĐ-UBND');
});
