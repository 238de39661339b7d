import { expect, it } from 'vitest';
import { browserName } from './userAgent';

it('names browser and system', () => {
  expect(
    browserName(
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0.0.0 Mobile Safari/537.36',
    ),
  ).toBe('Chrome · Android');
  expect(browserName('Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0')).toBe(
    'Edge · Windows',
  );
});

it('keeps the name of a program', () => {
  expect(browserName('curl/8.5.0')).toBe('curl/8.5.0');
  expect(browserName('')).toBe('–');
});
