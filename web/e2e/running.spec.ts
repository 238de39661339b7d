// Running a campaign: activities are added, reported on, corrected and cancelled; a launch is prepared; gifts are given.
import type { Page } from '@playwright/test';
import { accessible, expect, PHONE, recordClaim, runCampaign, settled, signIn, test } from './world';

// A browser writes every refused request to its console.
const REFUSED = /422 \(Unprocessable|409 \(Conflict/;
const said = (page: Page, text: string | RegExp) =>
  expect(page.getByRole('status').filter({ hasText: text })).toBeVisible();

async function choose(page: Page, label: string, option: string) {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
}
async function addActivity(page: Page, campaignId: string, kind: string) {
  await page.goto(`/campaigns/${campaignId}/activities`);
  await page.getByRole('link', { name: 'Thêm hoạt động' }).click();
  await expect(page).toHaveURL(/\/new$/);
  await choose(page, 'Loại hoạt động', kind);
}

test.describe('on the phone of a commune officer', () => {
  test.use({ viewport: PHONE, hasTouch: true, isMobile: true, expectedFailures: [REFUSED] });

  test('a broadcast is added, reported, marked done, counted in the results, and corrected', async ({
    page,
  }) => {
    const campaign = await runCampaign(page);
    await signIn(page, 'demo.baocao');
    await addActivity(page, campaign.id, 'Phát thanh trên loa truyền thanh');
    await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Phát thanh trên loa truyền thanh');
    await expect(page.getByLabel('Đơn vị hành chính')).toHaveValue('Phường Thành Vinh');
    await expect(page.getByRole('button', { name: 'Bỏ tiếng Việt' })).toBeVisible();
    await settled(page);
    await accessible(page);

    await page.getByLabel('Từ giờ').fill('25h');
    await page.getByRole('button', { name: 'Lưu và báo cáo số liệu' }).click();
    await expect(page.getByLabel('Từ giờ')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('Giờ “25h” không hợp lệ.').first()).toBeVisible();
    await page.getByLabel('Từ giờ').fill('17h30');
    await page.getByLabel('Địa điểm').fill('Loa truyền thanh phường');
    await page.getByRole('button', { name: 'Lưu và báo cáo số liệu' }).click();

    const broadcasts = page.getByRole('group', { name: 'Lượt phát' }).getByLabel('tiếng Việt');
    await broadcasts.fill('-3');
    await page.getByRole('button', { name: 'Gửi số liệu' }).click();
    await expect(page.getByText('Số -3 là số âm.').first()).toBeVisible();
    await broadcasts.fill('3');
    await page.getByRole('group', { name: 'Số phút phát' }).getByLabel('tiếng Việt').fill('45');
    await accessible(page);
    await page.getByRole('button', { name: 'Gửi số liệu' }).click();
    await said(page, 'Đã lưu số liệu và ghi là đã thực hiện.');
    await expect(page.getByText('Đã thực hiện').first()).toBeVisible();
    await expect(page.getByText('17:30,')).toBeVisible();
    await settled(page);
    await accessible(page);

    await page.getByRole('link', { name: 'Kết quả' }).click();
    await expect(page.getByRole('article').filter({ hasText: 'Lượt phát thanh' })).toContainText('3');

    await page.goBack();
    await page.getByRole('link', { name: 'Báo cáo số liệu' }).click();
    await expect(page.getByText(/^Đã báo cáo: 3 \(/)).toBeVisible();
    // Somebody else reports while the form is open: nothing is written over unseen, and nothing typed is lost.
    const activity = page.url().split('/').at(-2) ?? '';
    const other = { measure: 'broadcasts', language: 'vi', value: 5, version: 1 };
    const answer = await page.request.post(`/api/v1/activities/${activity}/measures`, {
      data: { measures: [other] },
    });
    expect(answer.ok()).toBe(true);
    await broadcasts.fill('4');
    await page.getByRole('button', { name: 'Gửi số liệu' }).click();
    await expect(page.getByText('Người khác vừa báo cáo.')).toBeVisible();
    await expect(page.getByText(/^Đã báo cáo: 3 .*; 5 /)).toBeVisible();
    await expect(broadcasts).toHaveValue('4');
    await page.getByRole('button', { name: 'Gửi số liệu' }).click();
    await said(page, 'Đã lưu số liệu.');
    await expect(page.getByRole('row').filter({ hasText: 'Lượt phát' })).toContainText('Đã báo cáo: 3');
    await page.getByRole('link', { name: 'Kết quả' }).click();
    await expect(page.getByRole('article').filter({ hasText: 'Lượt phát thanh' })).toContainText('4');
  });

  test('what was typed is not left without asking', async ({ page }) => {
    const campaign = await runCampaign(page);
    await signIn(page, 'demo.baocao');
    await addActivity(page, campaign.id, 'Băng rôn, pa nô');
    await page.getByLabel('Tên hoạt động').fill('Băng rôn trước chợ');
    await page.getByRole('link', { name: 'Kết quả' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Ở lại' }).click();
    await expect(page.getByLabel('Tên hoạt động')).toHaveValue('Băng rôn trước chợ');
    await page.getByRole('link', { name: 'Kết quả' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rời trang, bỏ thay đổi' }).click();
    await expect(page).toHaveURL(/\/results$/);
  });
});

test('attendance is told by group where several are invited, in a unit of that day', async ({ page }) => {
  await signIn(page, 'demo.baocao');
  await addActivity(page, 'nghe-an-2022', 'Hội nghị thông tin, tuyên truyền');
  await page.getByLabel('Đơn vị hành chính').click();
  await page.getByRole('option', { name: 'Phường Lê Mao' }).click();
  await page.getByText('Chi tiết khác').click();
  await page.getByLabel('Người lao động').check();
  await page.getByLabel('Người dân, hộ gia đình').check();
  await page.getByRole('button', { name: 'Lưu và báo cáo số liệu' }).click();
  const attendees = page.getByRole('group', { name: 'Người dự' });
  await attendees.getByLabel('Người lao động').fill('30');
  await attendees.getByLabel('Người dân, hộ gia đình').fill('45');
  await page.getByRole('button', { name: 'Gửi số liệu' }).click();
  await said(page, 'Đã lưu số liệu');
  await expect(page.getByRole('row').filter({ hasText: 'Người dân, hộ gia đình' })).toContainText('45');
  await expect(page.getByText('Phường Lê Mao')).toBeVisible();
});

test('who only reads is offered nothing to write', async ({ page }) => {
  await signIn(page, 'demo.lanhdao');
  await page.goto('/campaigns/nghe-an-2022-launch/activities/na22l-ra-quan');
  await settled(page);
  await expect(page.getByRole('heading', { name: 'Lịch sử sửa đổi' })).toBeVisible();
  for (const name of ['Báo cáo số liệu', 'Chuẩn bị', 'Sửa'])
    await expect(page.getByRole('link', { name, exact: true })).toHaveCount(0);
  await page.goto('/campaigns/nghe-an-2022/gifts');
  await settled(page);
  await expect(page.getByRole('button', { name: 'Trao quà' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Hiện tên người nhận' })).toHaveCount(0);
});

test('a conference is told by language, its record corrected, and cancelled with a reason', async ({
  page,
}) => {
  const campaign = await runCampaign(page);
  await signIn(page, 'demo.baocao');
  await addActivity(page, campaign.id, 'Hội nghị thông tin, tuyên truyền');
  await page.getByPlaceholder('Thêm ngôn ngữ').fill('thai den');
  await page.getByRole('option', { name: 'tiếng Thái Đen' }).click();
  await page.getByRole('button', { name: 'Lưu và báo cáo số liệu' }).click();
  await page.getByRole('group', { name: 'Người dự' }).getByRole('spinbutton').fill('120');
  await page.getByRole('button', { name: 'Gửi số liệu' }).click();
  await said(page, 'Đã lưu số liệu');
  await page.getByRole('link', { name: 'Báo cáo số liệu' }).click();
  await page.getByLabel('Cách ghi: Người dự').click();
  await page.getByRole('option', { name: 'Tách theo ngôn ngữ' }).click();
  await page.getByRole('group', { name: 'Người dự' }).getByLabel('tiếng Việt').fill('100');
  await page.getByRole('group', { name: 'Người dự' }).getByLabel('tiếng Thái Đen').fill('20');
  await page.getByRole('button', { name: 'Gửi số liệu' }).click();
  await said(page, 'Đã lưu số liệu.');
  await expect(page.getByRole('row').filter({ hasText: 'tiếng Thái Đen' })).toContainText('20');

  await page.getByRole('link', { name: 'Sửa', exact: true }).click();
  await page.getByLabel('Tên hoạt động').fill('Hội nghị thông tin tại khối 5');
  await page.getByRole('button', { name: 'Lưu bản sửa' }).click();
  await expect(page.getByRole('heading', { name: 'Hội nghị thông tin tại khối 5' })).toBeVisible();
  await expect(page.getByText('Bản 3')).toBeVisible();

  await page.getByRole('button', { name: 'Hủy hoạt động' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Hủy hoạt động' }).click();
  await expect(dialog.getByText('Mục này không được để trống.')).toBeVisible();
  await dialog.getByLabel('Lý do hủy').fill('Nhập trùng với hội nghị của phường.');
  await dialog.getByRole('button', { name: 'Hủy hoạt động' }).click();
  await expect(page.getByText('Đã hủy').first()).toBeVisible();
  await expect(page.getByText('Nhập trùng với hội nghị của phường.').first()).toBeVisible();
  await expect(page.getByRole('link', { name: 'Báo cáo số liệu' })).toHaveCount(0);
  await settled(page);
  await accessible(page);
});

test.describe('preparing a launch', () => {
  test.use({ expectedFailures: [REFUSED] });

  test('sites, checklists, script, resources, teams and roster are saved whole', async ({ page }) => {
    const campaign = await runCampaign(page);
    await signIn(page, 'demo.kehoach');
    await addActivity(page, campaign.id, 'Lễ ra quân');
    await expect(page.getByLabel('Đơn vị hành chính')).toHaveValue('Tỉnh Nghệ An');
    await page.getByRole('button', { name: 'Chỉ lưu' }).click();
    await page.getByRole('link', { name: 'Chuẩn bị' }).click();

    const add = (line: string) => page.getByRole('button', { name: `Thêm: ${line}` }).click();
    const save = (part: string) => page.getByRole('button', { name: `Lưu: ${part}` }).click();
    const row = (number: number) => page.locator('tbody tr').nth(number - 1);

    for (const [number, name] of [
      [1, 'Điểm phường Thành Vinh'],
      [2, ''],
    ] as const) {
      await add('Điểm cầu');
      await row(number).getByLabel('Tên điểm cầu').fill(name);
      await row(number).getByLabel('Đơn vị hành chính').fill('thanh vinh');
      await page.getByRole('option', { name: /Phường Thành Vinh/ }).click();
    }
    await accessible(page);
    await save('Điểm cầu');
    await expect(row(2).getByText('Mục này đang để trống.')).toBeVisible();
    await row(2).getByLabel('Tên điểm cầu').fill('Điểm Quảng trường');
    await save('Điểm cầu');
    await said(page, 'Đã lưu: Điểm cầu.');

    await page.getByRole('link', { name: 'Việc chuẩn bị' }).click();
    await add('Việc');
    await row(1).getByLabel('Việc cần sẵn sàng').fill('Loa đài');
    await page.getByRole('button', { name: 'Chép danh sách này cho các điểm khác' }).click();
    await said(page, 'Đã chép thêm 1 việc.');
    await save('Việc chuẩn bị');
    // Due on the evening before, and the launch begins today: both sites get their line.
    await said(page, 'Đã lưu: Việc chuẩn bị.');

    await page.getByRole('link', { name: 'Kịch bản' }).click();
    await add('Mục kịch bản');
    await row(1).getByLabel('Từ giờ').fill('7h');
    await row(1).getByLabel('Đến giờ').fill('6h30');
    await row(1).getByLabel('Nội dung').fill('Đón đại biểu');
    await save('Kịch bản');
    await expect(row(1).getByText(/trước giờ bắt đầu/)).toBeVisible();
    await row(1).getByLabel('Đến giờ').fill('7h15');
    await save('Kịch bản');
    await said(page, 'Đã lưu: Kịch bản.');

    await page.getByRole('link', { name: 'Phương tiện' }).click();
    await add('Phương tiện');
    await row(1).getByLabel('Số lượng').fill('4');
    await save('Phương tiện');
    await said(page, 'Đã lưu: Phương tiện.');

    await page.getByRole('link', { name: 'Tổ tư vấn' }).click();
    await add('Tổ tư vấn');
    await row(1).getByLabel('Tên tổ').fill('Tổ số 1');
    await save('Tổ tư vấn');
    await said(page, 'Đã lưu: Tổ tư vấn.');

    await page.getByRole('link', { name: 'Lịch phân công' }).click();
    await add('Lượt phân công');
    await row(1).getByLabel('Địa điểm').fill('Chợ Vinh');
    await save('Lịch phân công');
    await said(page, 'Đã lưu: Lịch phân công.');
    await accessible(page);

    await page.setViewportSize(PHONE);
    await page.getByRole('link', { name: 'Điểm cầu' }).click();
    await settled(page);
    await accessible(page);
    await expect(row(2).getByLabel('Tên điểm cầu')).toHaveValue('Điểm Quảng trường');
    await page.getByRole('link', { name: 'Lễ ra quân' }).click();
    await expect(page.getByText('4 ô tô').or(page.getByText('Đón đại biểu')).first()).toBeVisible();
  });
});

test('a donor pledges gifts, and one is given to a person found by name', async ({ page }) => {
  const claim = await recordClaim(page);
  await signIn(page, 'demo.baocao');
  await page.goto('/campaigns');
  await page.getByRole('link', { name: claim.campaign }).first().click();
  await page.getByRole('link', { name: 'Tặng sổ, thẻ' }).click();
  await page.getByRole('button', { name: 'Ghi cam kết tài trợ' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Lưu cam kết' }).click();
  await expect(dialog.getByText('Mục này không được để trống.').first()).toBeVisible();
  await dialog.getByLabel('Nhà tài trợ').fill('Hội doanh nghiệp phường');
  await dialog.getByLabel('Số lượng').fill('2');
  await accessible(page);
  await dialog.getByRole('button', { name: 'Lưu cam kết' }).click();
  await said(page, 'Đã ghi cam kết của Hội doanh nghiệp phường.');

  const pledge = page.getByRole('row').filter({ hasText: 'Hội doanh nghiệp phường' }).first();
  await expect(pledge).toContainText('0/2');
  await pledge.getByRole('button', { name: 'Trao quà' }).click();
  await dialog.getByLabel('Người nhận').fill(`thu nghiem ${claim.nationalId.slice(-4)}`);
  await page.getByRole('option', { name: claim.name }).click();
  await dialog.getByRole('button', { name: 'Trao quà' }).click();
  await said(page, 'Đã ghi nhận quà trao.');
  await expect(pledge).toContainText('1/2');
  await page.getByRole('button', { name: 'Hiện tên người nhận' }).click();
  await expect(page.getByRole('cell', { name: claim.name })).toBeVisible();
  await settled(page);
  await accessible(page);
});
