// Accounts, as an administrator sees them.
import { api } from '$lib/api/client';
import type { Page } from './page';

export interface UserRole {
  id: string;
  role: string;
  admin_unit_id: string | null;
  admin_unit_name?: string | null;
  organization_id: string | null;
  organization_name?: string | null;
}

export interface User {
  id: string;
  username: string;
  display_name: string;
  organization_id: string | null;
  organization_name?: string | null;
  active: boolean;
  created_at: string;
  roles: UserRole[];
}

export interface UserCreate {
  id: string;
  username: string;
  display_name: string;
  password: string;
  organization_id: string | null;
  roles: { role: string; admin_unit_id: string | null; organization_id: string | null }[];
}

export const userList = (page?: string | null) => api.get<Page<User>>('/users', { page, limit: 200 });
export const userSetActive = (id: string, active: boolean) =>
  api.put<User>(`/users/${id}/active`, { active });
export const userCreate = (user: UserCreate) => api.post<User>('/users', user);
