// The one way to the server: the typed client, with failures turned into `ApiError`.
import { ApiError, type ErrorBody } from './error';

export type QueryValues = Record<string, string | number | boolean | string[] | null | undefined>;

const BASE = '/api/v1';

function address(path: string, query?: QueryValues): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (Array.isArray(value)) value.forEach((one) => params.append(name, one));
    else if (value !== undefined && value !== null && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return `${BASE}${path}${text ? `?${text}` : ''}`;
}

async function send(method: string, path: string, body?: unknown, query?: QueryValues): Promise<Response> {
  const form = body instanceof FormData || body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      credentials: 'same-origin',
      headers: body === undefined || form ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? undefined : form ? (body as BodyInit) : JSON.stringify(body),
    });
  } catch (cause) {
    throw new ApiError(0, { code: 'network.unreachable', message: String(cause), details: [] });
  }
  if (response.ok) return response;
  let parsed: Partial<ErrorBody> = {};
  try {
    parsed = (await response.json()) as Partial<ErrorBody>;
  } catch {
    // An answer without a readable body still has its status.
  }
  throw new ApiError(response.status, {
    code: parsed.code ?? `http.${response.status}`,
    message: parsed.message ?? response.statusText,
    details: parsed.details ?? [],
  });
}

async function json<T>(response: Response): Promise<T> {
  return response.status === 204 ? (undefined as T) : ((await response.json()) as T);
}

export const api = {
  get: async <T>(path: string, query?: QueryValues) => json<T>(await send('GET', path, undefined, query)),
  post: async <T = void>(path: string, body?: unknown, query?: QueryValues) =>
    json<T>(await send('POST', path, body, query)),
  put: async <T = void>(path: string, body?: unknown) => json<T>(await send('PUT', path, body)),
  patch: async <T = void>(path: string, body?: unknown) => json<T>(await send('PATCH', path, body)),
  delete: async <T = void>(path: string) => json<T>(await send('DELETE', path)),
  text: async (path: string, query?: QueryValues) => (await send('GET', path, undefined, query)).text(),
  blob: async (method: 'GET' | 'POST', path: string, body?: unknown, query?: QueryValues) =>
    (await send(method, path, body, query)).blob(),
  address,
};
