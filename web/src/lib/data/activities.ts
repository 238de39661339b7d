// Activities: what happens or is placed, with its sites, checklist, script, resources and teams.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

export type Activity = components['schemas']['Activity'];
export type ReadinessItem = components['schemas']['ReadinessItem'];
export type ActivityKind = components['schemas']['ActivityKind'];
export type ActivityKindCreate = components['schemas']['ActivityKindCreate'];

export const activityKindList = () => content(client.GET('/api/v1/activity_kinds'));
export const activityKindCreate = (body: ActivityKindCreate) =>
  content(client.POST('/api/v1/activity_kinds', { body }));
export const activityList = (campaignId: string, kind: string, q: string, page?: string | null) =>
  content(
    client.GET('/api/v1/activities', {
      params: {
        query: {
          campaign_id: campaignId,
          kind: kind || undefined,
          q: q || undefined,
          page: page ?? undefined,
        },
      },
    }),
  );
export const activityGet = (id: string) =>
  content(client.GET('/api/v1/activities/{id}', { params: { path: { id } } }));
export const activityParts = (id: string) =>
  content(client.GET('/api/v1/activities/{id}/parts', { params: { path: { id } } }));
export const measureList = (id: string) =>
  content(client.GET('/api/v1/activities/{id}/measures', { params: { path: { id } } }));
/** What blocked which site at a local instant; at its closing when none is given. */
export const readinessGate = (id: string, at?: string) =>
  content(client.GET('/api/v1/activities/{id}/readiness_gate', { params: { path: { id }, query: { at } } }));
export const readinessItemDone = (id: string, item: ReadinessItem, done: boolean) =>
  client.POST('/api/v1/activities/{id}/readiness_items/{item_id}/done', {
    params: { path: { id, item_id: item.id } },
    body: { version: item.version, done },
  });
