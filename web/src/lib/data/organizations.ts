// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import type { components } from '$lib/api/schema';

export type Organization = components['schemas']['Organization'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 20 } } }));

/** The name of a body; '' when it may not be seen. */
export async function organizationName(id: string): Promise<string> {
  try {
    return (await content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }))).name;
  } catch (error) {
    if (error instanceof ApiError && [403, 404].includes(error.status)) return '';
    throw error;
  }
}
