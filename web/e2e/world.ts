// What the journeys share: signing in, a page whose console must stay clean, the check for accessibility, screenshots.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import path from 'node:path';

export { expect } from '@playwright/test';

export const LAPTOP = { width: 1366, height: 768 };
export const PHONE = { width: 390, height: 844 };

interface World {
  /** Failures that a journey provokes on purpose, as they show up in the console. */
  expectedFailures: RegExp[];
}

export const test = base.extend<World>({
  baseURL: async ({ browserName: _ }, use) => use(process.env.E2E_BASE_URL ?? ''),
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
