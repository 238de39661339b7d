// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type Organization = components['schemas']['Organization'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 40 } } }));
export const organizationGet = (id: string) =>
  content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }));

/** The names of bodies by their ids; one that cannot be read is left out. */
export async function organizationNames(ids: string[]): Promise<Map<string, string>> {
  const found = await Promise.allSettled([...new Set(ids)].map(organizationGet));
  return new Map(
    found.flatMap((one) => (one.status === 'fulfilled' ? [[one.value.id, one.value.name]] : [])),
  );
}
