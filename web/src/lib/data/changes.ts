// What was written lately.
import { api } from '$lib/api/pending';
import type { Page } from './page';

export interface Change {
  seq: number;
  province_id: string;
  at: string;
  actor_name: string | null;
  organization_name: string | null;
  operation: string;
  entity: string;
  entity_id: string;
}

export const changeList = (limit: number) => api.get<Page<Change>>('/changes', { limit });
