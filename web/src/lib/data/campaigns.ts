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

/** The day a campaign is looked at: its last one when that has passed. */
export const campaignDay = (campaign: Pick<Campaign, 'last_day'>, today: string) =>
  campaign.last_day < today ? campaign.last_day : today;
