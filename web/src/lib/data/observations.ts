// What units have reported: looked through, approved, corrected by versions, locked.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { periodWithin } from '$lib/periods';
import { organizationGet } from './organizations';
import { session } from './session.svelte';

type Schemas = components['schemas'];
export type Observation = Schemas['Observation'];
export type PeriodLock = Schemas['PeriodLock'];

/** The unit that the person reports for: that of a role, or the one at which the own body sits. */
export async function ownUnitId(): Promise<string | undefined> {
  const unitId = session.me?.roles.find((role) => role.admin_unit_id)?.admin_unit_id;
  const organizationId = session.me?.organization_id;
  return unitId ?? (organizationId ? (await organizationGet(organizationId)).admin_unit_id : undefined);
}

/** At most so many figures are looked through at once. */
const PAGES = 40;

/** All that a unit and those below it have reported for a period; `cut` when there is more than can be shown. */
export async function observationsBelow(
  unitId: string,
  period: string,
): Promise<{ items: Observation[]; cut: boolean }> {
  const items: Observation[] = [];
  let page: string | undefined;
  for (let count = 0; count < PAGES; count += 1) {
    const found = await content(
      client.GET('/api/v1/observations', {
        params: { query: { admin_unit_id: unitId, below: true, period, page, limit: 200 } },
      }),
    );
    items.push(...found.items);
    if (!found.next_page) return { items, cut: false };
    page = found.next_page;
  }
  return { items, cut: true };
}

export const observationHistory = (id: string) =>
  content(client.GET('/api/v1/observations/{id}/history', { params: { path: { id } } }));
export const observationApprove = (ids: string[]) =>
  content(client.POST('/api/v1/observations/approve', { body: { ids } }));

export const periodLockList = () => content(client.GET('/api/v1/period_locks'));
export const periodLock = (unitId: string, period: string, reason: string) =>
  content(
    client.POST('/api/v1/period_locks', {
      body: { admin_unit_id: unitId, period, reason: reason || null },
    }),
  );
export const periodUnlock = (lock: Pick<PeriodLock, 'admin_unit_id' | 'period'>, reason: string) =>
  client.POST('/api/v1/period_locks/unlock', {
    body: { admin_unit_id: lock.admin_unit_id, period: lock.period, reason },
  });

/** The lock that holds for a period of a unit: its own, or one above or over a longer period. */
export const lockOf = (locks: PeriodLock[], unitIds: string[], period: string) =>
  locks.find((lock) => unitIds.includes(lock.admin_unit_id) && periodWithin(period, lock.period));
