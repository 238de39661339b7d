// Admin units: provinces, districts (until 2025) and communes, over time.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type AdminUnit = components['schemas']['AdminUnit'];

/** Units by any name they ever had; the provinces when nothing was typed. */
export const adminUnitSearch = (q: string, on?: string) =>
  content(client.GET('/api/v1/admin_units', { params: { query: { q, on } } }));
export const adminUnitGet = (id: string, on?: string) =>
  content(client.GET('/api/v1/admin_units/{id}', { params: { path: { id }, query: { on } } }));

/** Whether a unit belongs to the structure before July 2025; those of the structure since are called `new-`. */
export const isBefore2025 = (id: string) => id.startsWith('old-');

export const adminUnitChildren = (id: string, on: string) =>
  content(client.GET('/api/v1/admin_units/{id}/children', { params: { path: { id }, query: { on } } }));

/** The ids of a unit and of those above it on a day, nearest first. */
export async function adminUnitBranch(
  unit: Pick<AdminUnit, 'id' | 'parent_id'>,
  on: string,
): Promise<string[]> {
  const ids = [unit.id];
  let above = unit.parent_id;
  while (above) {
    ids.push(above);
    above = (await adminUnitGet(above, on)).parent_id;
  }
  return ids;
}

interface Known {
  from: string;
  to: string;
  units: AdminUnit[];
}
const EVER = '9999-12-31';
const known = new Map<string, Known[]>();

/**
 * Who stood on a day where a unit is or was: the unit itself while it is in force, otherwise those that it was made of,
 * or that its people came to.
 *
 * An answer is remembered for all days it holds for, so that they need no network.
 */
export async function adminUnitsOn(id: string, day: string): Promise<AdminUnit[]> {
  const remembered = known.get(id)?.find(({ from, to }) => from <= day && day <= to);
  if (remembered) return remembered.units;
  const found = await askedFor(id, day);
  known.set(id, [...(known.get(id) ?? []), found]);
  return found.units;
}

async function askedFor(id: string, day: string): Promise<Known> {
  const unit = await adminUnitGet(id, day);
  if (unit.in_force) return { from: unit.valid_from ?? '', to: unit.valid_to ?? EVER, units: [unit] };
  const path = { id };
  const isLater = (unit.valid_from ?? '') > day;
  const { items } = isLater
    ? await content(
        client.GET('/api/v1/admin_units/{id}/predecessors', { params: { path, query: { from: day } } }),
      )
    : await content(
        client.GET('/api/v1/admin_units/{id}/successors', { params: { path, query: { to: day } } }),
      );
  const units = items.flatMap((step) => (step.unit?.in_force && step.carries_people ? [step.unit] : []));
  // Between the day and the next step on a way nothing changed; before the day it may have.
  const dates = items.flatMap((step) => step.path.map((row) => row.date)).sort();
  return isLater
    ? { from: day, to: dates[0] ? dayBefore(dates[0]) : day, units }
    : { from: dates.at(-1) ?? day, to: day, units };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
