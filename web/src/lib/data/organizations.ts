// Bodies that act: People's Committees, social insurance, post, unions, …
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Organization = Schemas['Organization'];
export type OrganizationKind = Schemas['OrganizationKind'];
export type OrganizationUpdate = Schemas['OrganizationUpdate'];

export const organizationSearch = (q: string) =>
  content(client.GET('/api/v1/organizations', { params: { query: { q, limit: 20 } } }));
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
