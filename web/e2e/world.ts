// What the journeys share: signing in, a page whose console must stay clean, the check for accessibility, screenshots.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import path from 'node:path';
import { addressOf, type Database } from './start';

export { expect } from '@playwright/test';

export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

interface World {
  /** On which of the databases a journey goes. */
  database: Database;
  /** Failures that a journey provokes on purpose, as they show up in the console. */
  expectedFailures: RegExp[];
}

export const test = base.extend<World>({
  database: ['journeys', { option: true }],
  baseURL: async ({ database }, use) => use(process.env[addressOf(database)] ?? ''),
  expectedFailures: [[], { option: true }],
  page: async ({ page, expectedFailures }, use) => {
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => errors.push(String(error.stack ?? error)));
    await use(page);
    const unexpected = errors.filter((error) => !expectedFailures.some((pattern) => pattern.test(error)));
    expect(unexpected, 'errors in the console').toEqual([]);
  },
});

export async function signIn(page: Page, username: string): Promise<void> {
  // By the same call that the form makes; the form itself has its own journey.
  const answer = await page.request.post('/api/v1/sessions', {
    data: { username, password: process.env.E2E_PASSWORD },
  });
  expect(answer.status(), `sign-in of ${username}`).toBe(201);
}

/** Waits until nothing is loading any more. */
export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.skeleton')).toHaveCount(0);
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** No serious or critical violation, and nothing that makes the page scroll sideways. */
export async function accessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations
    .filter((one) => one.impact === 'serious' || one.impact === 'critical')
    .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(', ')}`);
  expect(grave, 'accessibility').toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'sideways scrolling').toBeLessThanOrEqual(1);
}

/** Keeps a picture for the guide, when SCREENSHOTS=1 asks for it. */
export async function picture(page: Page, name: string): Promise<void> {
  if (process.env.SCREENSHOTS !== '1') return;
  const folder = path.resolve(import.meta.dirname, '../../docs/guide/screenshots');
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

/** A UUID of version 7, as a client makes it. */
function id(): string {
  const random = crypto.randomUUID();
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${random.slice(15)}`;
}

/** Sends a record and expects it to be taken. */
async function post(page: Page, path: string, data: object): Promise<void> {
  const answer = await page.request.post(`/api/v1${path}`, { data });
  expect(answer.ok(), `${path}: ${await answer.text()}`).toBe(true);
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** As the administrator: a new officer who reports from a commune, who is then signed in. */
export async function signInAtCommune(page: Page, unitId: string): Promise<void> {
  await signIn(page, 'demo.quantri');
  const [username, first, password] = [`can-bo-${Date.now()}`, `dau-tien-${id()}`, `cua-rieng-${id()}`];
  await post(page, '/users', {
    id: id(),
    username,
    display_name: 'Cán bộ xã (thử)',
    organization_id: `ubnd-${unitId}`,
    password: first,
    roles: [{ role: 'reporter', admin_unit_id: unitId }],
  });
  await post(page, '/sessions', { username, password: first });
  await post(page, '/me/password', { current_password: first, new_password: password });
}

/** As the planner: a running campaign of this month in Nghệ An. */
export async function runCampaign(page: Page): Promise<{ id: string; name: string }> {
  await signIn(page, 'demo.kehoach');
  const campaign = { id: `thu-${Date.now()}`, name: `Tháng vận động thử ${Date.now()}` };
  await post(page, '/campaigns', {
    ...campaign,
    admin_unit_id: 'new-40',
    organization_id: 'na-bhxh-tinh',
    first_day: day(-2),
    last_day: day(20),
    plan: {
      legal_bases: [{ number: '01/CT', issuer: 'UBND tỉnh', subject: 'tháng vận động' }],
      objectives: { overall: 'Mọi người dân đều được thông tin.', specific: [] },
      workstreams: [{ id: 'mobilise', name: 'Vận động' }],
      responsibilities: [{ name: 'UBND các xã, phường', role: 'lead', text: 'Tổ chức thực hiện.' }],
    },
  });
  const issued = { document_number: '01/KH-BHXH', document_date: day(-2) };
  await post(page, `/campaigns/${campaign.id}/issue`, issued);
  await post(page, `/campaigns/${campaign.id}/start`, {});
  return campaign;
}

/** As the planner: a running campaign with one task for the commune where demo.baocao works. */
export async function handOutTask(page: Page, title: string): Promise<void> {
  const campaign = await runCampaign(page);
  await post(page, '/tasks', {
    id: id(),
    campaign_id: campaign.id,
    kind: 'do',
    title,
    basis: 'Kế hoạch, mục III',
    lead_organization_id: 'ubnd-new-16681',
    first_day: day(-2),
    due_day: day(10),
    wanted_evidence: 'Ảnh hội nghị',
  });
}

/** As the planner: a running campaign in which one person is claimed to have joined. */
export async function recordClaim(
  page: Page,
): Promise<{ campaign: string; name: string; nationalId: string }> {
  const campaign = await runCampaign(page);
  const national_id = `040180${String(Date.now()).slice(-6)}`;
  const person = { id: id(), name: 'Nguyễn Thị Thử Nghiệm', national_id, birth_year: 1980 };
  const where = { admin_unit_id: 'new-16681' };
  await post(page, '/persons', { ...person, ...where, consents: ['enrollment'], synthetic: true });
  await post(page, `/campaigns/${campaign.id}/enrollments`, {
    id: id(),
    person_id: person.id,
    ...where,
    organization_id: 'ubnd-new-16681',
    scheme: 'voluntary_si',
    day: day(-1),
    months: 12,
  });
  return { campaign: campaign.name, name: person.name, nationalId: person.national_id };
}
