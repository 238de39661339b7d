// Calls of resources whose description is not in openapi.json yet.
import { client } from './client';

type Loose = (path: string, init?: object) => Promise<{ data?: unknown }>;
const loose = client as unknown as Record<'GET' | 'POST' | 'PUT' | 'DELETE', Loose>;
const BASE = '/api/v1';
const clean = (query: object = {}) =>
  Object.fromEntries(
    Object.entries(query).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );

export const api = {
  get: async <T>(path: string, query?: object) =>
    (await loose.GET(BASE + path, { params: { query: clean(query) } })).data as T,
  post: async <T = void>(path: string, body?: unknown) => (await loose.POST(BASE + path, { body })).data as T,
  upload: async <T = void>(path: string, body: FormData) =>
    (await loose.POST(BASE + path, { body })).data as T,
  text: async (path: string, query?: object) =>
    (await loose.GET(BASE + path, { params: { query: clean(query) }, parseAs: 'text' })).data as string,
  blob: async (path: string, query?: object) =>
    (await loose.GET(BASE + path, { params: { query: clean(query) }, parseAs: 'blob' })).data as Blob,
};
