// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { namesOnce } from './names';

export type Organization = components['schemas']['Organization'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 20 } } }));
export const organizationName = namesOnce(
  async (id) => (await content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }))).name,
);
