import { afterEach, expect, it, vi } from 'vitest';
import { client, content } from './client';
import { ApiError } from './error';

afterEach(() => vi.unstubAllGlobals());

function answers(answer: () => Promise<Response>) {
  const fetch = vi.fn(answer);
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

it('hands out the content of an answer', async () => {
  answers(async () => Response.json({ id: 'u1', username: 'a' }));
  expect(await content(client.GET('/api/v1/me'))).toMatchObject({ id: 'u1' });
});

it('throws what the server refused, with the message of each field', async () => {
  answers(async () =>
    Response.json(
      {
        code: 'input.invalid',
        message: 'Có 1 chỗ cần sửa.',
        details: [
          { field: 'new_password', code: 'password.short', message: 'Quá ngắn.', fix: 'Ít nhất 10 ký tự.' },
        ],
      },
      { status: 422 },
    ),
  );
  const failure = await content(client.GET('/api/v1/me')).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ApiError);
  expect((failure as ApiError).status).toBe(422);
  expect((failure as ApiError).field('new_password')?.message).toBe('Quá ngắn.');
  expect((failure as ApiError).field('username')).toBeUndefined();
});

it('says so when the server cannot be reached, or answers no JSON', async () => {
  answers(async () => {
    throw new TypeError('Failed to fetch');
  });
  expect(await content(client.GET('/api/v1/me')).catch((error: ApiError) => error.code)).toBe(
    'network.unreachable',
  );
  answers(async () => new Response('<html>', { status: 502 }));
  expect(await content(client.GET('/api/v1/me')).catch((error: ApiError) => error.code)).toBe('http.502');
});
