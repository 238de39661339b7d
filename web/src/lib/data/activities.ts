// Activities: what happens or is placed, with its sites, checklist, script, resources and teams.
import { api } from '$lib/api/pending';
import type { Page } from './page';

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
  admin_unit_id: string;
  admin_unit_name: string;
  place: string;
  first_day: string;
  last_day: string;
  starts_at: string | null;
  languages: string[];
  state: string;
  note: string;
  illustrative: boolean;
}
export interface Measure {
  measure: string;
  audience_group: string;
  language: string;
  day: string;
  value: number;
}
export interface Site {
  id: string;
  name: string;
  place: string;
  starts_at: string;
}
export interface ReadinessItem {
  id: string;
  site_id: string;
  title: string;
  due_at: string;
  done_at: string | null;
  version: number;
}
export interface ActivityParts {
  sites: Site[];
  readiness: ReadinessItem[];
  script: { id: string; starts_at: string; ends_at: string | null; what: string; who: string }[];
  resources: { id: string; site_id: string | null; kind: string; quantity: number }[];
  teams: { id: string; site_id: string | null; name: string; member_count: number }[];
  roster: { id: string; team_id: string; place: string; day: string }[];
  organizations: { id: string; name: string }[];
}
export interface ReadinessGate {
  at: string;
  closes_at: string | null;
  ready: number;
  missing: number;
  sites: {
    site: Site;
    items: number;
    done: number;
    state: string;
    missing: { item: ReadinessItem; organization_name: string; blocking: boolean }[];
  }[];
}

export const activityKindList = () => api.get<{ items: ActivityKind[] }>('/activity_kinds');
export const activityList = (campaignId: string, kind: string, q: string, page?: string | null) =>
  api.get<Page<Activity>>('/activities', { campaign_id: campaignId, kind, q, page });
export const activityGet = (id: string) => api.get<Activity>(`/activities/${id}`);
export const activityParts = (id: string) => api.get<ActivityParts>(`/activities/${id}/parts`);
export const measureList = (id: string) => api.get<{ items: Measure[] }>(`/activities/${id}/measures`);
/** What blocked which site at a local instant; at its closing when none is given. */
export const readinessGate = (activityId: string, at?: string) =>
  api.get<ReadinessGate>(`/activities/${activityId}/readiness_gate`, { at });
export const readinessItemDone = (activityId: string, item: ReadinessItem, done: boolean) =>
  api.post(`/activities/${activityId}/readiness_items/${item.id}/done`, { version: item.version, done });
