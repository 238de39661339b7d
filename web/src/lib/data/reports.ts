// Reports of a campaign, as of a day.
import { api } from '$lib/api/pending';

export type ReportFormat = 'html' | 'md' | 'json';

/** The whole report as a page of its own. */
export const reportHtml = (campaignId: string, asOf: string, language: string) =>
  api.text(`/campaigns/${campaignId}/report`, { format: 'html', as_of: asOf, language });

export const reportFile = (campaignId: string, asOf: string, language: string, format: ReportFormat) =>
  api.blob(`/campaigns/${campaignId}/report`, { format, as_of: asOf, language });

export interface ReportFigure {
  id: string;
  name: string;
  value: number | null;
  display: string;
  unit?: string;
}
export interface ReportData {
  figures: ReportFigure[];
}
export const reportData = (campaignId: string, asOf: string, language: string) =>
  api.get<ReportData>(`/campaigns/${campaignId}/report`, { format: 'json', as_of: asOf, language });
