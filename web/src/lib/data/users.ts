// Accounts, as an administrator sees them.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type User = components['schemas']['User'];
export type UserCreate = components['schemas']['UserCreate'];
export type RoleGrant = components['schemas']['RoleGrant'];

/** In the order of `data/roles.toml`, whose names the texts repeat. */
export const ROLES = [
  'administrator',
  'planner',
  'coordinator',
  'reporter',
  'counsellor',
  'viewer',
  'auditor',
] as const;

export const userList = (page?: string) =>
  content(client.GET('/api/v1/users', { params: { query: { page, limit: 200 } } }));
export const userCreate = (body: UserCreate) => content(client.POST('/api/v1/users', { body }));
export const userSetActive = (id: string, active: boolean) =>
  content(client.PUT('/api/v1/users/{id}/active', { params: { path: { id } }, body: { active } }));
export const roleGrant = (id: string, body: RoleGrant) =>
  content(client.POST('/api/v1/users/{id}/roles', { params: { path: { id } }, body }));
export const roleEnd = (id: string, grantId: string) =>
  content(
    client.DELETE('/api/v1/users/{id}/roles/{grant_id}', { params: { path: { id, grant_id: grantId } } }),
  );
