// Activities: what happens or is placed, with its sites, checklist, script, resources and teams.
import { api } from '$lib/api/pending';
import type { Page } from './page';

export type ActivityState = 'planned' | 'done' | 'cancelled';

export interface ActivityKind {
  id: string;
  name_vi: string;
  name_en: string;
  measures: { id: string; name_vi: string; name_en: string }[];
}

export interface Activity {
  id: string;
  version: number;
  campaign_id: string;
  kind: string;
  title: string;
  organization_id: string;
  organization_name?: string | null;
  admin_unit_id: string;
  admin_unit_name?: string | null;
  place: string;
  first_day: string;
  last_day: string;
  starts_at: string | null;
  ends_at: string | null;
  audiences: string[];
  languages: string[];
  state: ActivityState;
  note: string;
  illustrative: boolean;
}

export interface ActivityDetail extends Activity {
  measures: { measure: string; audience_group: string; language: string; day: string; value: number }[];
  sites: Site[];
  script: { id: string; starts_at: string; ends_at: string | null; what: string; who: string }[];
  resources: { id: string; site_id: string | null; kind: string; quantity: number; note: string }[];
  teams: {
    id: string;
    site_id: string | null;
    name: string;
    admin_unit_name?: string;
    member_count: number;
  }[];
}

export interface Site {
  id: string;
  admin_unit_id: string;
  admin_unit_name?: string | null;
  name: string;
  place: string;
  starts_at: string;
}

export interface ReadinessItem {
  id: string;
  site_id: string;
  title: string;
  organization_name?: string | null;
  due_at: string;
  done_at: string | null;
  version: number;
}

export interface Gate {
  at: string;
  sites: {
    site_id: string;
    items: number;
    done: number;
    missing: (ReadinessItem & { blocking: boolean })[];
  }[];
}

export interface ActivityFilter {
  campaign_id: string;
  kind?: string;
  q?: string;
  page?: string | null;
}

export const activityKindList = () => api.get<Page<ActivityKind>>('/activity_kinds');
export const activityList = (filter: ActivityFilter) => api.get<Page<Activity>>('/activities', { ...filter });
export const activityGet = (id: string) => api.get<ActivityDetail>(`/activities/${id}`);
export const readinessGate = (activityId: string, at?: string) =>
  api.get<Gate>(`/activities/${activityId}/readiness`, { at });
export const readinessItemDone = (id: string, version: number, done: boolean) =>
  api.post(`/readiness_items/${id}/${done ? 'done' : 'reopen'}`, { version });
