// Admin units: provinces, districts (until 2025) and communes, over time.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import { namesOnce } from './names';

export type AdminUnit = components['schemas']['AdminUnit'];

/** Units by any name they ever had; the provinces when nothing was typed. */
export const adminUnitSearch = (q: string, on?: string) =>
  content(client.GET('/api/v1/admin_units', { params: { query: { q, on } } }));
export const adminUnitGet = (id: string, on?: string) =>
  content(client.GET('/api/v1/admin_units/{id}', { params: { path: { id }, query: { on } } }));
export const adminUnitName = namesOnce(async (id) => (await adminUnitGet(id)).full_name);
