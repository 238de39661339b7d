// The one way to the server: the client generated from openapi.json, with failures turned into `ApiError`.
import createClient, { type Middleware } from 'openapi-fetch';
import { ApiError, type ErrorBody } from './error';
import type { paths } from './schema';

/** Throws what the server refused, and what never reached it. */
const failures: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return;
    let body: Partial<ErrorBody> = {};
    try {
      body = (await response.json()) as Partial<ErrorBody>;
    } catch {
      // An answer without a readable body still has its status.
    }
    throw new ApiError(response.status, {
      code: body.code ?? `http.${response.status}`,
      message: body.message ?? response.statusText,
      details: body.details ?? [],
    });
  },
  onError({ error }) {
    return error instanceof ApiError
      ? error
      : new ApiError(0, { code: 'network.unreachable', message: String(error), details: [] });
  },
};

export const client = createClient<paths>({
  credentials: 'same-origin',
  // Looked up at each call, so that tests can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
client.use(failures);

/** The content of an answer that went well. */
export async function content<T>(answer: Promise<{ data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The body of an upload: a form as openapi.json describes it, in which `file` stands for the file itself. */
export function uploadBody<Form extends { file: string }>(file: File, fields: Omit<Form, 'file'>): Form {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (value !== undefined && value !== null) form.append(name, String(value));
  form.append('file', file, file.name);
  return form as unknown as Form;
}
