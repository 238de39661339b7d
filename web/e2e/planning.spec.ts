// A planner makes a campaign from an earlier one, writes its plan, issues, starts and amends it.
import type { Locator, Page } from '@playwright/test';
import { accessible, expect, PHONE, runCampaign, settled, signIn, test } from './world';

/** Types a day into the parts of a date field, as people do. */
async function typeDay(within: Page | Locator, label: string, day: string): Promise<void> {
  const field = within.locator('.field').filter({ hasText: label });
  const [year = '', month = '', date = ''] = day.split('-');
  await field.getByRole('spinbutton').first().click();
  await field.page().keyboard.type(`${date}${month}${year}`, { delay: 30 });
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const dialog = (page: Page) => page.getByRole('dialog');
const main = (page: Page) => page.getByRole('main');
const line = (page: Page, one: string, number: number) =>
  page.getByRole('listitem', { name: `${one} ${number}`, exact: true });

test.describe('from last year’s plan to a running campaign', () => {
  // The browser writes every refusal to its console.
  test.use({ expectedFailures: [/422 \(Unprocessable.*\/(plan|copy|issue)\)/] });

  test('a campaign is made from an earlier one, written, issued and started', async ({ page }) => {
    const mark = Date.now();
    await signIn(page, 'demo.kehoach');
    await page.goto('/campaigns');
    await page.getByRole('button', { name: 'Lập chiến dịch mới' }).click();
    await dialog(page).getByLabel('Lập từ kế hoạch của').fill('nghe an nam 2022');
    await page
      .getByRole('option', { name: /toàn dân tỉnh Nghệ An năm 2022/ })
      .first()
      .click();
    await expect(dialog(page).getByLabel('Tên chiến dịch')).toHaveValue(/năm 20(?!22)\d\d$/);
    await accessible(page);

    // An id that the server refuses stands at its field, and nothing typed is lost.
    await dialog(page).getByLabel('Tên chiến dịch').fill(`Tháng vận động Nghệ An ${mark}`);
    await expect(dialog(page).getByLabel('Mã chiến dịch')).toHaveValue(`thang-van-dong-nghe-an-${mark}`);
    await dialog(page).getByLabel('Mã chiến dịch').fill('Nghệ An');
    await dialog(page).getByRole('button', { name: 'Lập và soạn kế hoạch' }).click();
    await expect(dialog(page).locator('.field').filter({ hasText: 'Mã chiến dịch' })).toContainText(
      'Mã chiến dịch “Nghệ An” không hợp lệ.',
    );
    await dialog(page).getByLabel('Mã chiến dịch').fill(`na-${mark}`);
    await dialog(page).getByRole('button', { name: 'Lập và soạn kế hoạch' }).click();
    await expect(page).toHaveURL(`/campaigns/na-${mark}/edit`);
    await settled(page);
    await accessible(page);

    // Lines without a text: told at their places, all at once.
    await page.getByRole('button', { name: 'Thêm yêu cầu' }).click();
    await page.getByRole('button', { name: 'Thêm khẩu hiệu' }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Chưa lưu được' })).toBeVisible();
    await expect(line(page, 'Yêu cầu', 3)).toContainText('Dòng này để trống.');
    // Faults stay with their lines.
    await line(page, 'Yêu cầu', 3)
      .getByRole('button', { name: /^Chuyển lên/ })
      .click();
    await expect(line(page, 'Yêu cầu', 2)).toContainText('Dòng này để trống.');
    await line(page, 'Yêu cầu', 2).getByRole('textbox').fill('Mỗi xã có ít nhất một buổi đối thoại');
    await line(page, 'Khẩu hiệu', 3).getByRole('button', { name: /^Xóa/ }).click();
    await expect(page.getByRole('status').filter({ hasText: 'Đã xóa: Khẩu hiệu 3' })).toBeVisible();
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('status').filter({ hasText: 'Đã lưu kế hoạch.' })).toBeVisible();
    await expect(page.getByText('Mọi thay đổi đã lưu')).toBeVisible();

    await page.getByRole('link', { name: 'Xem kế hoạch' }).click();
    await expect(main(page).getByText('Mỗi xã có ít nhất một buổi đối thoại')).toBeVisible();
    await settled(page);
    await accessible(page);
    await page.getByRole('button', { name: 'Ban hành' }).click();
    await dialog(page).getByRole('button', { name: 'Ban hành' }).click();
    await expect(dialog(page).getByText('Chưa có số, ký hiệu văn bản.')).toBeVisible();
    await dialog(page).getByLabel('Số, ký hiệu văn bản').fill('15/KH-BHXH');
    await accessible(page);
    await dialog(page).getByRole('button', { name: 'Ban hành' }).click();
    await expect(main(page).getByText(/Ban hành theo văn bản 15\/KH-BHXH/)).toBeVisible();
    await page.getByRole('button', { name: 'Bắt đầu triển khai' }).click();
    await dialog(page).getByRole('button', { name: 'Bắt đầu triển khai' }).click();
    await expect(main(page).getByText('Đang chạy')).toBeVisible();
  });
});

test('the plan of a campaign at the same unit is taken over by the server', async ({ page }) => {
  const campaign = await runCampaign(page);
  await page.goto(`/campaigns/${campaign.id}`);
  await page.getByRole('button', { name: 'Lập chiến dịch mới từ kế hoạch này' }).click();
  await dialog(page).getByLabel('Tên chiến dịch').fill(`${campaign.name} lần hai`);
  await typeDay(dialog(page), 'Ngày bắt đầu', day(30));
  await typeDay(dialog(page), 'Ngày kết thúc', day(40));
  await dialog(page).getByRole('button', { name: 'Lập và soạn kế hoạch' }).click();
  await expect(page).toHaveURL(/-lan-hai\/edit$/);
  await expect(page.getByLabel('Mục tiêu chung')).toHaveValue('Mọi người dân đều được thông tin.');
  const id = new URL(page.url()).pathname.split('/')[2];
  const made = await (await page.request.get(`/api/v1/campaigns/${id}`)).json();
  expect(made).toMatchObject({ made_from_id: campaign.id, first_day: day(30), last_day: day(40) });
});

test('an empty plan says what it lacks before it is issued, and leads there', async ({ page }) => {
  const mark = Date.now();
  await signIn(page, 'demo.kehoach');
  await page.goto('/campaigns');
  await page.getByRole('button', { name: 'Lập chiến dịch mới' }).click();
  await dialog(page).getByLabel('Tên chiến dịch').fill(`Đợt cao điểm ${mark}`);
  await typeDay(dialog(page), 'Ngày bắt đầu', day(5));
  await typeDay(dialog(page), 'Ngày kết thúc', day(20));
  await dialog(page).getByRole('button', { name: 'Lập và soạn kế hoạch' }).click();
  await expect(page).toHaveURL(`/campaigns/dot-cao-diem-${mark}/edit`);
  await page.getByRole('link', { name: 'Xem kế hoạch' }).click();
  await page.getByRole('button', { name: 'Ban hành' }).click();
  await expect(dialog(page)).toContainText('Chưa có phân công trách nhiệm.');
  await dialog(page).getByRole('link', { name: 'Căn cứ' }).click();
  await expect(page).toHaveURL(`/campaigns/dot-cao-diem-${mark}/edit#legal_bases`);
  await expect(page.getByRole('button', { name: 'Thêm căn cứ' })).toBeInViewport();
});

/** As the planner: a running campaign whose plan is open for an amendment. */
async function openAmendment(page: Page): Promise<{ id: string; name: string }> {
  const campaign = await runCampaign(page);
  const answer = await page.request.post(`/api/v1/campaigns/${campaign.id}/amend`, {
    data: { reason: 'Thêm đối tượng' },
  });
  expect(answer.ok()).toBe(true);
  return campaign;
}

test.describe('on a phone', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true });

  test('a plan in force is amended, and what changed can be read', async ({ page }) => {
    const campaign = await runCampaign(page);
    await page.goto(`/campaigns/${campaign.id}`);
    await page.getByRole('button', { name: 'Điều chỉnh kế hoạch' }).click();
    await dialog(page).getByRole('button', { name: 'Lập bản điều chỉnh' }).click();
    await expect(dialog(page).getByText('Mục này không được để trống.')).toBeVisible();
    await dialog(page).getByLabel('Lý do điều chỉnh').fill('Thêm khẩu hiệu cho lao động trẻ');
    await dialog(page).getByRole('button', { name: 'Lập bản điều chỉnh' }).click();
    await expect(page).toHaveURL(`/campaigns/${campaign.id}/edit`);

    await page.getByRole('button', { name: 'Thêm đối tượng' }).click();
    await page.keyboard.type('Lao động trẻ');
    await page.getByRole('button', { name: 'Thêm khẩu hiệu' }).click();
    await line(page, 'Khẩu hiệu', 1).getByLabel('Đối tượng').click();
    await page.getByRole('option', { name: 'Lao động trẻ' }).click();
    await line(page, 'Khẩu hiệu', 1).getByLabel('Nội dung khẩu hiệu').fill('Đóng hôm nay, an tâm mai sau');
    await page.getByRole('button', { name: 'Thêm khoản kinh phí' }).click();
    await line(page, 'Khoản kinh phí', 1).getByLabel('Nội dung chi').fill('Tờ rơi');
    await line(page, 'Khoản kinh phí', 1).getByLabel('Dự toán').fill('12500000000');
    await expect(main(page).getByText('Dự toán: 12.500.000.000 đ')).toBeVisible();
    await settled(page);
    await accessible(page);
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Mọi thay đổi đã lưu')).toBeVisible();

    await page.getByRole('link', { name: 'Xem kế hoạch' }).click();
    await expect(main(page).getByText('Đóng hôm nay, an tâm mai sau (Lao động trẻ)')).toBeVisible();
    await expect(main(page).getByText('Bản đang soạn, chưa ban hành.')).toBeVisible();
    await settled(page);
    await accessible(page);
    await page.getByRole('button', { name: 'Ban hành' }).click();
    await dialog(page).getByLabel('Số, ký hiệu văn bản').fill('02/KH-BHXH');
    await dialog(page).getByRole('button', { name: 'Ban hành' }).click();
    await expect(main(page).getByText(/Ban hành theo văn bản 02\/KH-BHXH/)).toBeVisible();

    await page.getByRole('button', { name: 'Kết thúc chiến dịch' }).click();
    await dialog(page).getByRole('button', { name: 'Kết thúc chiến dịch' }).click();
    await expect(main(page).getByText('Đã kết thúc')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Điều chỉnh kế hoạch' })).toHaveCount(0);
  });
});

test('lines move and come back by keyboard, and leaving with unsaved text asks', async ({ page }) => {
  const campaign = await openAmendment(page);
  await page.goto(`/campaigns/${campaign.id}/edit`);
  await page.getByRole('button', { name: 'Thêm yêu cầu' }).press('Enter');
  await page.keyboard.type('Việc một');
  await page.keyboard.press('Enter');
  await page.keyboard.type('Việc hai');
  const values = () =>
    page
      .getByRole('group', { name: 'Yêu cầu' })
      .getByRole('textbox')
      .evaluateAll((all) => all.map((one) => (one as HTMLTextAreaElement).value));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await values()).toEqual(['Việc hai', 'Việc một']);
  await line(page, 'Yêu cầu', 1).getByRole('button', { name: /^Xóa/ }).press('Enter');
  expect(await values()).toEqual(['Việc một']);
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  expect(await values()).toEqual(['Việc hai', 'Việc một']);

  await page.getByRole('link', { name: 'Xem kế hoạch' }).click();
  await expect(dialog(page)).toContainText('chưa được lưu');
  await dialog(page).getByRole('button', { name: 'Ở lại' }).click();
  expect(await values()).toEqual(['Việc hai', 'Việc một']);
  await page.getByRole('link', { name: 'Xem kế hoạch' }).click();
  await dialog(page).getByRole('button', { name: 'Rời trang, bỏ thay đổi' }).click();
  await expect(page).toHaveURL(`/campaigns/${campaign.id}`);
});

test.describe('two people at one plan', () => {
  test.use({ expectedFailures: [/409 \(Conflict.*\/plan\)/] });

  test('what the other one saved is shown part by part, and nothing typed is lost', async ({ page }) => {
    const campaign = await openAmendment(page);
    await page.goto(`/campaigns/${campaign.id}/edit`);
    await page.getByLabel('Chủ đề').fill('Chủ đề của tôi');
    const read = async (path: string) =>
      (await page.request.get(`/api/v1/campaigns/${campaign.id}${path}`)).json();
    const [{ row_version }, { plan }] = [await read(''), await read('/versions/current')];
    const other = { ...plan, theme: 'Chủ đề của người khác', channels: ['Báo chí'] };
    const saved = await page.request.put(`/api/v1/campaigns/${campaign.id}/plan`, {
      data: { row_version, plan: other },
    });
    expect(saved.ok()).toBe(true);

    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(dialog(page)).toContainText('Người khác vừa lưu kế hoạch này');
    await expect(
      dialog(page)
        .getByRole('group', { name: /Chủ đề/ })
        .getByLabel('Giữ của tôi'),
    ).toBeChecked();
    await expect(
      dialog(page).getByRole('group', { name: /Kênh/ }).getByLabel('Lấy của người khác'),
    ).toBeChecked();
    await accessible(page);
    await dialog(page).getByRole('button', { name: 'Làm tiếp với lựa chọn này' }).click();
    await page.getByRole('button', { name: 'Lưu', exact: true }).click();
    await expect(page.getByText('Mọi thay đổi đã lưu')).toBeVisible();
    const after = await read('/versions/current');
    expect([after.plan.theme, after.plan.channels]).toEqual(['Chủ đề của tôi', ['Báo chí']]);
  });
});

test.describe('tasks', () => {
  test.use({ expectedFailures: [/422 \(Unprocessable.*\/tasks\)/] });

  test('a task is handed out, passed down, taken back, opened again and handed over', async ({ page }) => {
    const campaign = await runCampaign(page);
    const title = `Phát thanh trên loa truyền thanh ${Date.now()}`;
    await page.goto(`/campaigns/${campaign.id}/tasks`);
    await page.getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await dialog(page).getByLabel('Tên nhiệm vụ').fill(title);
    await dialog(page).getByLabel('Đơn vị chủ trì').fill('uy ban nhan dan tinh nghe an');
    await page
      .getByRole('option', { name: /^Ủy ban nhân dân tỉnh Nghệ An/ })
      .first()
      .click();
    await dialog(page).getByRole('button', { name: 'Thêm đơn vị phối hợp' }).click();
    await line(page, 'Đơn vị phối hợp', 1).getByRole('combobox').fill('phuong thanh vinh');
    await page
      .getByRole('option', { name: /phường Thành Vinh/ })
      .first()
      .click();
    await dialog(page).getByLabel('Giao tiếp xuống cấp dưới ngay sau đó').check();
    await accessible(page);
    await dialog(page).getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await expect(dialog(page).getByText(/^Chưa có căn cứ/)).toBeVisible();
    await expect(dialog(page).getByText(/^Ngày không hợp lệ/)).toBeVisible();
    await dialog(page).getByLabel('Căn cứ').fill('Kế hoạch, mục III');
    await typeDay(dialog(page), 'Hạn', day(10));
    await dialog(page).getByLabel('Minh chứng cần có').fill('Lịch phát thanh');
    await dialog(page).getByRole('button', { name: 'Giao nhiệm vụ' }).click();

    await expect(dialog(page)).toContainText('Giao xuống cấp dưới');
    await expect(dialog(page).getByText('UBND cấp huyện')).toHaveCount(0);
    await dialog(page).getByRole('button', { name: 'Giao nhiệm vụ' }).click();
    await expect(page.getByRole('status').filter({ hasText: /Đã giao \d+ nhiệm vụ/ })).toBeVisible();

    await page.getByRole('link', { name: title }).first().click();
    await settled(page);
    await accessible(page);
    await page.getByRole('button', { name: 'Hủy nhiệm vụ' }).click();
    await dialog(page).getByRole('button', { name: 'Hủy nhiệm vụ' }).click();
    await expect(dialog(page).getByText('Mục này không được để trống.')).toBeVisible();
    await dialog(page).getByLabel('Lý do hủy').fill('Giao nhầm nội dung');
    await dialog(page).getByRole('button', { name: 'Hủy nhiệm vụ' }).click();
    await expect(main(page).getByText('Đã hủy').first()).toBeVisible();
    await page.getByRole('button', { name: 'Mở lại' }).click();
    await dialog(page).getByLabel('Lý do mở lại').fill('Vẫn cần làm');
    await dialog(page).getByRole('button', { name: 'Mở lại' }).click();
    await expect(main(page).getByText('Mới giao').first()).toBeVisible();
    await page.getByRole('button', { name: 'Bàn giao' }).click();
    await dialog(page).getByLabel('Cơ quan nhận bàn giao').fill('phuong thanh vinh');
    await page
      .getByRole('option', { name: /phường Thành Vinh/ })
      .first()
      .click();
    await dialog(page).getByRole('button', { name: 'Bàn giao' }).click();
    await expect(
      page.getByRole('status').filter({ hasText: /Đã bàn giao cho .*phường Thành Vinh/ }),
    ).toBeVisible();
  });
});

test('who may only read sees no way to write', async ({ page }) => {
  await signIn(page, 'demo.lanhdao');
  await page.goto('/campaigns');
  await settled(page);
  await expect(page.getByRole('button', { name: 'Lập chiến dịch mới' })).toHaveCount(0);
  await page.goto('/campaigns/nghe-an-2022');
  await settled(page);
  await expect(page.getByRole('button', { name: 'Điều chỉnh kế hoạch' })).toHaveCount(0);
  await page.goto('/campaigns/nghe-an-2022/tasks');
  await settled(page);
  await expect(page.getByRole('button', { name: 'Giao nhiệm vụ' })).toHaveCount(0);
});
