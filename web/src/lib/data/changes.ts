// The change log: who did what, when, to which record.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type Change = components['schemas']['Change'];

export interface ChangeQuestion {
  entity?: string;
  actor_id?: string;
  /** Day in Viet Nam. */
  day?: string;
}

/** A page may hold fewer than asked for, even none, where a next page is named. */
export const changeList = (wanted: ChangeQuestion, page?: string | null) =>
  content(
    client.GET('/api/v1/changes', { params: { query: { ...wanted, page: page ?? undefined, limit: 50 } } }),
  );

/** The kinds of records that changes are about. */
export const ENTITIES = [
  'campaign',
  'task',
  'activity',
  'readiness_item',
  'consultation',
  'enrollment',
  'confirmation',
  'person',
  'household',
  'consent',
  'observation',
  'observation_batch',
  'period_lock',
  'target',
  'import',
  'gift',
  'gift_pledge',
  'organization',
  'activity_kind',
  'fund_return',
  'local_support',
  'user',
  'session',
  'api_token',
  'file',
] as const;
