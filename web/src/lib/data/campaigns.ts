// Campaigns and their plans.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Campaign = Schemas['Campaign'];
export type Plan = Schemas['Plan'];
export type CampaignState = 'draft' | 'issued' | 'running' | 'closed';

export const campaignList = () =>
  content(client.GET('/api/v1/campaigns', { params: { query: { limit: 200 } } }));
export const campaignGet = (id: string) =>
  content(client.GET('/api/v1/campaigns/{id}', { params: { path: { id } } }));
export const campaignVersionGet = (id: string, version: number) =>
  content(
    client.GET('/api/v1/campaigns/{id}/versions/{version}', {
      params: { path: { id, version: String(version) } },
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
