// Targets: what is to be reached, set for a unit and spread over those below it; revisions stay readable.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Target = Schemas['Target'];
export type TargetSet = Schemas['TargetSet'];
export type TargetSpread = Schemas['TargetSpread'];

/** The targets that hold, all of them: of a unit, or of an indicator for everybody. */
export async function targetsOf(
  wanted: { period: string } & ({ admin_unit_id: string } | { indicator: string }),
): Promise<Target[]> {
  const items: Target[] = [];
  let page: string | undefined;
  do {
    const found = await content(
      client.GET('/api/v1/targets', { params: { query: { ...wanted, page, limit: 200 } } }),
    );
    items.push(...found.items);
    page = found.next_page ?? undefined;
  } while (page);
  return items;
}

export const targetSet = (body: TargetSet) => content(client.PUT('/api/v1/targets', { body }));
export const targetSpread = (body: TargetSpread) => content(client.POST('/api/v1/targets/spread', { body }));
/** All revisions, the oldest first. */
export const targetHistory = (id: string) =>
  content(client.GET('/api/v1/targets/{id}/history', { params: { path: { id }, query: { limit: 200 } } }));
