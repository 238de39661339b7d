// Administration: roles are granted and ended, bodies and kinds of activities added, the change log read.
import { accessible, expect, PHONE, settled, signIn, test } from './world';

const refused = [/422 \(Unprocessable (Content|Entity)\)/];

test('a role is granted and ended', async ({ page }) => {
  await signIn(page, 'demo.quantri');
  await page.goto('/admin');
  const row = page.getByRole('row').filter({ hasText: 'demo.lanhdao' });
  await row.getByRole('button', { name: /^Vai trò/ }).click();
  const dialog = page.getByRole('dialog');
  const held = dialog.getByRole('list', { name: 'Vai trò' }).getByRole('listitem');
  // Over the province, and over its own body.
  await expect(held).toHaveText([/Người xem: Tỉnh Nghệ An/, /Người xem: Ủy ban nhân dân tỉnh/]);
  await dialog.getByLabel('Vai trò*').click();
  await page.getByRole('option', { name: /^Người kiểm tra/ }).click();
  await dialog.getByLabel('Phạm vi: đơn vị hành chính').fill('nghe an');
  await page
    .getByRole('option', { name: /^Tỉnh Nghệ An/ })
    .first()
    .click();
  await accessible(page);
  await dialog.getByRole('button', { name: 'Cấp vai trò' }).click();
  await expect(held).toHaveCount(3);
  const given = held.filter({ hasText: 'Người kiểm tra' });
  await given.getByRole('button', { name: /^Thu hồi/ }).click();
  await given.getByRole('button', { name: 'Bỏ qua' }).click();
  await given.getByRole('button', { name: /^Thu hồi/ }).click();
  await given.getByRole('button', { name: 'Thu hồi', exact: true }).click();
  await expect(held).toHaveCount(2);
});

test.describe('organizations', () => {
  test.use({ expectedFailures: refused });

  test('one is added, found without accents, changed and ended', async ({ page }) => {
    const name = `Hội Cựu giáo chức thử ${Date.now()}`;
    await signIn(page, 'demo.kehoach');
    await page.goto('/admin/organizations');
    await page.getByRole('button', { name: 'Thêm cơ quan, đơn vị' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByText(/Chưa có tên cơ quan, đơn vị/)).toBeVisible();
    await dialog.getByLabel('Tên đầy đủ').fill(name);
    await dialog.getByLabel('Đặt tại').fill('thanh vinh');
    await page
      .getByRole('option', { name: /^Phường Thành Vinh/ })
      .first()
      .click();
    await accessible(page);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();

    const table = page.getByRole('table', { name: 'Cơ quan, đơn vị' });
    await page
      .getByRole('searchbox', { name: 'Tên' })
      .fill(name.replace('Hội Cựu giáo chức thử', 'hoi cuu giao chuc thu'));
    await expect(table.getByRole('row')).toHaveCount(2);
    await settled(page);
    await accessible(page);
    await table.getByRole('button', { name: /^Sửa/ }).click();
    await dialog.getByLabel('Tên ngắn').fill('HCGC');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(table).toContainText('HCGC');
    await table.getByRole('button', { name: /^Ngừng hoạt động/ }).click();
    await expect(page.getByText('Không có cơ quan, đơn vị nào khớp.')).toBeVisible();
    await page.getByRole('button', { name: 'Hoàn tác' }).click();
    await expect(table.getByRole('row')).toHaveCount(2);
  });
});

test.describe('kinds of activities', () => {
  test.use({ expectedFailures: refused });

  test('a province adds its own, with what it counts', async ({ page }) => {
    const name = `Quầy tư vấn chợ phiên ${Date.now()}`;
    await signIn(page, 'demo.kehoach');
    await page.goto('/admin/kinds');
    await page.getByRole('button', { name: 'Thêm loại hoạt động' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByLabel('Tỉnh, thành phố')).toHaveValue('Tỉnh Nghệ An');
    await dialog.getByLabel('Tên tiếng Việt').fill(name);
    await dialog.getByLabel('Treo, đặt đến hết hạn').check();
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog.getByText(/Tên đang để trống/).first()).toBeVisible();
    await dialog.getByLabel('Số liệu 1', { exact: false }).first().fill('Lượt khách');
    await dialog.getByLabel('Cộng vào chỉ tiêu').click();
    await page.getByRole('option', { name: 'Số tờ rơi, tờ gấp đã phát' }).click();
    await accessible(page);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await expect(dialog).toBeHidden();
    await page.getByRole('searchbox').fill('quay tu van cho phien');
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Của tỉnh');
    await expect(row).toContainText('Lượt khách');
    await settled(page);
    await accessible(page);
  });
});

test('the change log tells who did what, and its details in words', async ({ page }) => {
  await signIn(page, 'demo.quantri');
  await page.goto('/admin/changes');
  const list = page.getByRole('list', { name: 'Nhật ký' });
  await expect(list.getByRole('listitem').first()).toBeVisible();
  await page.getByLabel('Loại bản ghi').click();
  await page.getByRole('option', { name: 'Nhiệm vụ' }).click();
  await settled(page);
  const first = list.getByRole('listitem').first();
  await first.getByRole('button').first().click();
  await expect(first.getByRole('link', { name: 'Mở' })).toHaveAttribute('href', /^\/tasks\//);
  await settled(page);
  await accessible(page);
  await page.getByRole('button', { name: 'Xem thêm' }).click();
  await expect.poll(() => list.getByRole('listitem').count()).toBeGreaterThan(50);
  await page.getByLabel('Người thực hiện').fill('quan tri');
  await page.getByRole('option', { name: /^Quản trị viên mẫu/ }).click();
  await page.getByRole('button', { name: 'Bỏ lọc' }).click();
  await expect(list.getByRole('listitem').first()).toBeVisible();
});

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test('an auditor finds the log alone', async ({ page }) => {
    await signIn(page, 'demo.kiemtra');
    await page.goto('/more');
    await page.getByRole('link', { name: 'Quản trị' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Nhật ký' })).toBeVisible();
    await expect(page.getByRole('navigation', { name: 'Quản trị' }).getByRole('link')).toHaveCount(1);
    await settled(page);
    await accessible(page);
  });
});
