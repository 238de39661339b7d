// Campaigns and their plans.
import { api } from '$lib/api/pending';
import type { Page } from './page';

export type CampaignState = 'draft' | 'issued' | 'running' | 'closed';

export interface Campaign {
  id: string;
  name: string;
  admin_unit_id: string;
  admin_unit_name?: string;
  organization_id: string;
  organization_name?: string;
  state: CampaignState;
  first_day: string;
  last_day: string;
  current_version: number;
  illustrative: string | null;
}

export interface Plan {
  legal_bases: { number: string; date?: string | null; issuer: string; subject: string }[];
  objectives: {
    overall: string;
    specific: { text: string; indicator?: string | null; direction?: 'up' | 'down' | null }[];
  };
  requirements: string[];
  method: string;
  audiences: { id: string; name: string }[];
  theme: string;
  logo: string;
  main_message: string;
  slogans: { audience: string; text: string }[];
  channels: string[];
  means: string[];
  workstreams: { id: string; name: string }[];
  activities_planned: {
    workstream: string;
    kind?: string | null;
    text: string;
    quantity?: number | null;
    period?: string | null;
  }[];
  responsibilities: {
    organization_id?: string | null;
    name?: string | null;
    role: 'lead' | 'coordinate';
    text: string;
  }[];
  budget_lines: { name: string; allotted_vnd: number; spent_vnd: number }[];
}

export interface CampaignVersion {
  version: number;
  plan: Plan;
  issued_at: string | null;
  document_number: string | null;
  document_date: string | null;
  amendment_reason: string | null;
}

export const campaignVersionGet = (id: string, version: number) =>
  api.get<CampaignVersion>(`/campaigns/${id}/versions/${version}`);
export const campaignList = (page?: string | null) =>
  api.get<Page<Campaign>>('/campaigns', { page, limit: 200 });
export const campaignGet = (id: string) => api.get<Campaign>(`/campaigns/${id}`);
