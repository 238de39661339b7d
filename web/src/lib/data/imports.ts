// Tables that bring figures, bodies or official lists: checked as a whole first, taken afterwards.
import { client, content, uploadBody } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { session } from './session.svelte';

type Schemas = components['schemas'];
export type Import = Schemas['Import'];
export type ImportCheck = Schemas['ImportCheck'];
export type ImportFault = Schemas['ImportFault'];
export type ImportNotice = Schemas['ImportNotice'];
export type ImportPreviewRow = Schemas['ImportPreviewRow'];
export type ImportAccept = Schemas['ImportAccept'];
export type Confirmation = Schemas['Confirmation'];
export type ConfirmationTable = Schemas['ConfirmationTable'];

/** What `/imports` takes. */
export type ImportKind = 'observations' | 'organizations';
/** What a file is about: a table for `/imports`, or an official list. */
export type FileKind = ImportKind | 'confirmation';

const ACTIONS: Record<FileKind, string> = {
  observations: 'observation_write',
  organizations: 'organization_write',
  confirmation: 'confirmation_import',
};
/** What the person may bring in at least somewhere. */
export const fileKinds = () =>
  (Object.keys(ACTIONS) as FileKind[]).filter((kind) => session.may(ACTIONS[kind]));
export const mayImport = () => fileKinds().length > 0;

/** How a table is to be read. */
export type ImportOptions = Pick<Schemas['ImportForm'], 'period' | 'reporting_months'>;

/** Checks a table without taking anything of it. The same `id` again gives the same answer. */
export const importCheck = (
  file: File,
  form: ImportOptions & { id: string; kind: ImportKind; admin_unit_id: string },
) => content(client.POST('/api/v1/imports', { body: uploadBody<Schemas['ImportForm']>(file, form) }));

export const importList = (kind: ImportKind, page?: string | null) =>
  content(client.GET('/api/v1/imports', { params: { query: { kind, page: page ?? undefined, limit: 20 } } }));
/** What the table says now, held against what is there now. */
export const importGet = (id: string) =>
  content(client.GET('/api/v1/imports/{id}', { params: { path: { id } } }));
export const importAccept = (id: string, body: ImportAccept) =>
  content(client.POST('/api/v1/imports/{id}/accept', { params: { path: { id } }, body }));

/** A file of the API with the name it goes by. */
export interface NamedFile {
  name: string;
  content: Blob;
}

async function named(answer: Promise<{ data?: unknown; response: Response }>): Promise<NamedFile> {
  const { data, response } = await answer;
  const written = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '');
  return { name: decodeURIComponent(written?.[1] ?? 'raquan.xlsx'), content: data as Blob };
}

/** The same workbook with a column of errors. */
export const importErrorsWorkbook = (id: string) =>
  named(client.GET('/api/v1/imports/{id}/errors', { params: { path: { id } }, parseAs: 'blob' }));
/** A workbook to fill in, with the units below `adminUnitId` written in. */
export const importTemplate = (kind: ImportKind, adminUnitId: string, options: ImportOptions) =>
  named(
    client.GET('/api/v1/import_templates/{kind}', {
      params: {
        path: { kind },
        query: {
          admin_unit_id: adminUnitId,
          period: options.period ?? undefined,
          reporting_months: options.reporting_months === 'true' || undefined,
        },
      },
      parseAs: 'blob',
    }),
  );

/** Holds an official list against the claims of a campaign; takes it over unless `dry_run`. Its file is never kept. */
export const confirmationTable = (
  campaignId: string,
  file: File,
  form: Omit<Schemas['ConfirmationForm'], 'file'>,
) =>
  content(
    client.POST('/api/v1/campaigns/{id}/confirmations/table', {
      params: { path: { id: campaignId } },
      body: uploadBody<Schemas['ConfirmationForm']>(file, form),
    }),
  );
export const confirmationList = (campaignId: string) =>
  content(
    client.GET('/api/v1/campaigns/{id}/confirmations', {
      params: { path: { id: campaignId }, query: { limit: 50 } },
    }),
  );

/** The period of a row is locked: it can be taken when a reason is given. */
const LOCKED = 'observation.period_locked';

/** Whether a reason would let rows in that are refused now. */
export const needsReason = (faults: ImportFault[]) => faults.some((fault) => fault.code === LOCKED);

/** The rows in which nothing else is wrong than that their period is locked. */
export function lockedRows(faults: ImportFault[]): number {
  const lines = new Map<number, boolean>();
  for (const { line, code } of faults) lines.set(line, (lines.get(line) ?? true) && code === LOCKED);
  return [...lines.values()].filter(Boolean).length;
}

/** A fault of the header, which concerns every row. */
export const isOfHeader = (fault: ImportFault) => fault.code.startsWith('column.');

/** What is wrong and how to mend it, without the place, which has columns of its own. */
export function faultText(fault: ImportFault, locale: 'vi' | 'en'): string {
  const text = locale === 'en' ? fault.message_en : fault.message;
  const [row, column, open, close] =
    locale === 'en' ? ['Row', 'column', '“', '”'] : ['Dòng', 'cột', '«', '»'];
  const name = fault.column_name ? `${open}${fault.column_name}${close}` : '';
  const at = [fault.column, name].filter(Boolean).join(' ');
  const place = `${row} ${fault.line}${at ? `, ${column} ${at}` : ''}: `;
  const rest = text.startsWith(place) ? text.slice(place.length) : text;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
