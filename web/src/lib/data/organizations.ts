// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type Organization = components['schemas']['Organization'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 20 } } }));
export const organizationGet = (id: string) =>
  content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }));
