// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Organization = Schemas['Organization'];
export type OrganizationKind = Schemas['OrganizationKind'];
export type OrganizationUpdate = Schemas['OrganizationUpdate'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 40 } } }));
export const organizationGet = (id: string) =>
  content(client.GET('/api/v1/organizations/{id}', { params: { path: { id } } }));
export const organizationList = (
  wanted: { q?: string; kind?: string; admin_unit_id?: string },
  page?: string | null,
) =>
  content(
    client.GET('/api/v1/organizations', {
      params: { query: { ...wanted, page: page ?? undefined, limit: 50 } },
    }),
  );
export const organizationKindList = () => content(client.GET('/api/v1/organization_kinds'));
export const organizationCreate = (body: Schemas['OrganizationCreate']) =>
  content(client.POST('/api/v1/organizations', { body }));
export const organizationUpdate = (id: string, body: OrganizationUpdate) =>
  content(client.PATCH('/api/v1/organizations/{id}', { params: { path: { id } }, body }));

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
