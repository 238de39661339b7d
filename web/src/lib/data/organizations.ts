// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import type { components } from '$lib/api/schema';

export type Organization = components['schemas']['Organization'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 40 } } }));
export const organizationGet = (id: string) =>
  content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }));

/** The name of a body; '' when it may not be seen. */
export async function organizationName(id: string): Promise<string> {
  try {
    return (await organizationGet(id)).name;
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) return '';
    throw error;
  }
}

/** The names of bodies by their ids; one that cannot be read is left out. */
export async function organizationNames(ids: string[]): Promise<Map<string, string>> {
  const unique = [...new Set(ids)];
  const found = await Promise.allSettled(unique.map(organizationName));
  const names = new Map<string, string>();
  unique.forEach((id, index) => {
    const one = found[index];
    if (one?.status === 'fulfilled' && one.value) names.set(id, one.value);
  });
  return names;
}
