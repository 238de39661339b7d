// Admin units: provinces, districts (until 2025) and communes, over time.
import { api } from '$lib/api/client';
import type { Page } from './page';

export interface AdminUnit {
  id: string;
  code: string;
  level: 'province' | 'district' | 'commune';
  name: string;
  full_name: string;
  parent_id: string | null;
  /** Names of the units above, from the nearest up. */
  above: string[];
  valid_from: string | null;
  valid_to: string | null;
  /** Whether it is in force on the day asked for. */
  in_force: boolean;
}

export const adminUnitSearch = (q: string, on?: string) =>
  api.get<Page<AdminUnit>>('/admin_units', { q, on });
export const adminUnitGet = (id: string, on?: string) => api.get<AdminUnit>(`/admin_units/${id}`, { on });
