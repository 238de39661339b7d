import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import en from '$lib/i18n/en.json';
import vi from '$lib/i18n/vi.json';
import { LANGUAGES } from './languages';

it('are those that the server takes, each with a name in both languages', () => {
  const file = path.resolve(import.meta.dirname, '../../../../crates/domain/src/run/languages.rs');
  const tags = [...readFileSync(file, 'utf8').matchAll(/^ {4}\("(\w+)", "/gm)].map((match) => match[1]);
  expect([...LANGUAGES].sort()).toEqual(tags);
  for (const tag of LANGUAGES)
    for (const texts of [vi, en]) expect(texts).toHaveProperty([`language.${tag}`]);
});
