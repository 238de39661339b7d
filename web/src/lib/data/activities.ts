// Activities: what happens or is placed, with its sites, checklist, script, resources and teams.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Activity = Schemas['Activity'];
export type ActivityContent = Required<Schemas['ActivityContent']>;
export type ActivityKind = Schemas['ActivityKind'];
export type ActivityKindCreate = Schemas['ActivityKindCreate'];
export type ActivityParts = Schemas['ActivityParts'];
export type ReadinessItem = Schemas['ReadinessItem'];

/** Which activities of a campaign are wanted; '' does not narrow. */
export interface ActivityFilter {
  kind: string;
  state: string;
  /** Exactly this unit, without those below it. */
  unitId: string;
  from: string;
  to: string;
  text: string;
}

export const activityKindList = () => content(client.GET('/api/v1/activity_kinds'));
export const activityKindCreate = (body: ActivityKindCreate) =>
  content(client.POST('/api/v1/activity_kinds', { body }));
export const activityList = (campaignId: string, filter: ActivityFilter, page?: string | null) =>
  content(
    client.GET('/api/v1/activities', {
      params: {
        query: {
          campaign_id: campaignId,
          kind: filter.kind || undefined,
          state: filter.state || undefined,
          admin_unit_id: filter.unitId || undefined,
          from: filter.from || undefined,
          to: filter.to || undefined,
          q: filter.text || undefined,
          page: page ?? undefined,
        },
      },
    }),
  );
export const activityGet = (id: string) =>
  content(client.GET('/api/v1/activities/{id}', { params: { path: { id } } }));
/** Every version, oldest first. */
export const activityVersions = async (id: string) =>
  (await content(client.GET('/api/v1/activities/{id}/versions', { params: { path: { id } } }))).items;
export const activityCreate = (id: string, campaignId: string, kind: string, said: ActivityContent) =>
  content(client.POST('/api/v1/activities', { body: { id, campaign_id: campaignId, kind, content: said } }));
export const activityCorrect = (id: string, version: number, said: ActivityContent) =>
  content(
    client.POST('/api/v1/activities/{id}/correct', {
      params: { path: { id } },
      body: { version, content: said },
    }),
  );
export const activityCancel = (id: string, version: number, reason: string) =>
  content(
    client.POST('/api/v1/activities/{id}/cancel', { params: { path: { id } }, body: { version, reason } }),
  );
export const activityMarkDone = (id: string, version: number) =>
  content(client.POST('/api/v1/activities/{id}/mark_done', { params: { path: { id } }, body: { version } }));

export const activityParts = (id: string) =>
  content(client.GET('/api/v1/activities/{id}/parts', { params: { path: { id } } }));
/** What blocked which site at a local instant; at its closing when none is given. */
export const readinessGate = (id: string, at?: string) =>
  content(client.GET('/api/v1/activities/{id}/readiness_gate', { params: { path: { id }, query: { at } } }));
export const readinessItemDone = (id: string, item: ReadinessItem, done: boolean) =>
  client.POST('/api/v1/activities/{id}/readiness_items/{item_id}/done', {
    params: { path: { id, item_id: item.id } },
    body: { version: item.version, done },
  });

/** What `activity_correct` takes, as the activity says it now. */
export const contentOf = (activity: Activity): ActivityContent => ({
  title: activity.title,
  workstream: activity.workstream ?? null,
  organization_id: activity.organization_id,
  admin_unit_id: activity.admin_unit_id,
  place: activity.place,
  first_day: activity.first_day,
  last_day: activity.last_day,
  starts_at: activity.starts_at ?? null,
  ends_at: activity.ends_at ?? null,
  audiences: activity.audiences,
  languages: activity.languages,
  note: activity.note,
});

/** What an activity says about itself that differs between two versions, and its state. */
export function changedBetween(before: Activity, after: Activity): (keyof ActivityContent | 'state')[] {
  const [old, now] = [contentOf(before), contentOf(after)];
  const changed = (Object.keys(now) as (keyof ActivityContent)[]).filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
  return before.state === after.state ? changed : ['state', ...changed];
}

/** Whether its first day has come, from when on it can be reported on. */
export const hasBegun = (activity: Pick<Activity, 'first_day'>, today: string) => activity.first_day <= today;
