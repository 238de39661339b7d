// Files that bring figures, bodies or official lists: checked as a whole first, taken afterwards.
import { api } from '$lib/api/pending';

export type ImportKind = 'observations' | 'organizations' | 'confirmation';

export interface ImportFault {
  row: number | null;
  column: string | null;
  /** What stood there. */
  value?: string | null;
  code: string;
  message: string;
  fix: string;
}

export interface ImportReport {
  id: string;
  kind: ImportKind;
  state: 'checked' | 'accepted';
  rows_total: number;
  rows_good: number;
  fault_count: number;
  faults: ImportFault[];
}

/** Checks a file without keeping anything of it. */
export function importCheck(kind: ImportKind, file: File): Promise<ImportReport> {
  const form = new FormData();
  form.append('kind', kind);
  form.append('file', file, file.name);
  return api.upload<ImportReport>('/imports', form);
}

/** Takes all rows, or only the good ones. */
export const importAccept = (id: string, goodRowsOnly: boolean) =>
  api.post<ImportReport>(`/imports/${id}/accept`, { good_rows_only: goodRowsOnly });

/** The same workbook with a column of errors. */
export const importWorkbook = (id: string) => api.blob(`/imports/${id}/workbook`);
/** An empty workbook with the right columns. */
export const importTemplate = (kind: ImportKind) => api.blob(`/imports/templates/${kind}`);
