// Reports of a campaign, as of a day.
import { client, content } from '$lib/api/client';

export type ReportForm = 'html' | 'md' | 'json';

export interface ReportFigure {
  id: string;
  display: string;
  unit: string;
  label_vi: string;
  label_en: string;
  period: { label: string };
  marks: string[];
}

const query = (asOf: string, form: ReportForm) => ({ as_of: asOf, form });

/** The whole report as a page of its own. */
export const reportHtml = (id: string, asOf: string) =>
  content(
    client.GET('/api/v1/campaigns/{id}/report', {
      params: { path: { id }, query: query(asOf, 'html') },
      parseAs: 'text',
    }),
  );
export const reportFile = (id: string, asOf: string, form: ReportForm) =>
  content(
    client.GET('/api/v1/campaigns/{id}/report', {
      params: { path: { id }, query: query(asOf, form) },
      parseAs: 'blob',
    }),
  );
/** The figures of the report alone. */
export const reportFigures = async (id: string, asOf: string): Promise<ReportFigure[]> => {
  const report = await content(
    client.GET('/api/v1/campaigns/{id}/report', { params: { path: { id }, query: query(asOf, 'json') } }),
  );
  return (report as { figures: ReportFigure[] }).figures;
};
