// Uploaded files: evidence and workbooks.
import { api } from '$lib/api/pending';

export interface StoredFile {
  id: string;
  name: string;
  media_type: string;
  size_bytes: number;
}

export function fileUpload(file: File): Promise<StoredFile> {
  const form = new FormData();
  form.append('file', file, file.name);
  return api.upload<StoredFile>('/files', form);
}

/** Where the browser finds the content of a file. */
export const fileAddress = (id: string) => `/api/v1/files/${id}`;

/** Hands a file to the person, under `name`. */
export function saveBlob(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
