// Files: where their content is, and how one is handed to the person.

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

/** Fails when a chosen file was changed or removed since: browsers refuse to send it then. */
export async function fileReadable(file: File): Promise<void> {
  await file.slice(0, 1).arrayBuffer();
}
