// Campaigns and their plans.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Campaign = Schemas['Campaign'];
export type Plan = Schemas['Plan'];
export type CampaignCreate = Schemas['CampaignCreate'];
export type CampaignCopy = Schemas['CampaignCopy'];
export type CampaignPlanUpdate = Schemas['CampaignPlanUpdate'];
export type CampaignPlan = Schemas['CampaignPlan'];
export type CampaignVersion = Schemas['CampaignVersion'];
export type PlanDifference = Schemas['PlanDifference'];
export const CAMPAIGN_STATES = ['draft', 'issued', 'running', 'closed'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const campaignList = () =>
  content(client.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } }));
export const campaignGet = (id: string) =>
  content(client.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
export const campaignCreate = (body: CampaignCreate) => content(client.POST('/api/v1/campaigns', { body }));
/** A draft from the plan of an earlier campaign. */
export const campaignCopy = (fromId: string, body: CampaignCopy) =>
  content(client.POST('/api/v1/campaigns/{id}/copy', { params: { path: { id: fromId } }, body }));
export const campaignPlanUpdate = (id: string, body: CampaignPlanUpdate) =>
  content(client.PUT('/api/v1/campaigns/{id}/plan', { params: { path: { id } }, body }));
export const campaignIssue = (id: string, body: Schemas['CampaignIssue']) =>
  content(client.POST('/api/v1/campaigns/{id}/issue', { params: { path: { id } }, body }));
/** Opens a new version of an issued plan. */
export const campaignAmend = (id: string, reason: string) =>
  content(client.POST('/api/v1/campaigns/{id}/amend', { params: { path: { id } }, body: { reason } }));
export const campaignStart = (id: string) =>
  content(client.POST('/api/v1/campaigns/{id}/start', { params: { path: { id } } }));
export const campaignClose = (id: string) =>
  content(client.POST('/api/v1/campaigns/{id}/close', { params: { path: { id } } }));

/** Oldest first; one that is not issued is seen by those who may write it. */
export const campaignVersionList = (id: string) =>
  content(client.GET('/api/v1/campaigns/{id}/versions', { params: { path: { id } } }));
export const campaignVersionGet = (id: string, version: number | 'current') =>
  content(
    client.GET('/api/v1/campaigns/{id}/versions/{version}', {
      params: { path: { id, version: String(version) } },
    }),
  );
/** What a version changed in the one before it. */
export const campaignVersionCompare = (id: string, version: number) =>
  content(
    client.GET('/api/v1/campaigns/{id}/versions/{version}/differences', {
      params: { path: { id, version } },
    }),
  );

/** The plan that is in force. */
export const campaignPlan = async (campaign: Pick<Campaign, 'id' | 'current_version'>): Promise<Plan> =>
  (await campaignVersionGet(campaign.id, campaign.current_version)).plan;

/** The day a campaign is looked at: its last one when that has passed. */
export const campaignDay = (campaign: Pick<Campaign, 'last_day'>, today: string) =>
  campaign.last_day < today ? campaign.last_day : today;

/** The days that a record of a campaign may have, as the server demands, and the one to begin with. */
export interface RecordDays {
  first: string;
  last: string;
  proposed: string;
  /** Whether the campaign has not begun, goes on, or is over. */
  standing: 'before' | 'during' | 'over';
}

export function recordDays(
  { first_day: first, last_day: last }: Pick<Campaign, 'first_day' | 'last_day'>,
  today: string,
): RecordDays {
  if (today < first) return { first, last, proposed: first, standing: 'before' };
  if (today > last) return { first, last, proposed: last, standing: 'over' };
  return { first, last: today, proposed: today, standing: 'during' };
}

/** The same for what is planned, which may come later. */
export function planDays(campaign: Pick<Campaign, 'first_day' | 'last_day'>, today: string): RecordDays {
  return { ...recordDays(campaign, today), last: campaign.last_day, standing: 'over' };
}
