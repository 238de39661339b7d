// Bodies that act: People's Committees, social insurance, post, unions, …
import { api } from '$lib/api/client';
import type { Page } from './page';

export interface Organization {
  id: string;
  kind: string;
  name: string;
  short_name: string | null;
  admin_unit_id: string;
  admin_unit_name?: string | null;
  parent_id: string | null;
  active: boolean;
}

export const organizationList = (filter: { q?: string; kind?: string; admin_unit_id?: string }) =>
  api.get<Page<Organization>>('/organizations', filter);
