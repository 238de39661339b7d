import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROLES } from '$lib/data/users';
import en from './en.json';
import vi from './vi.json';

const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

const sources = Object.values(
  import.meta.glob<string>('/src/**/*.{svelte,ts}', { query: '?raw', import: 'default', eager: true }),
).join('\n');
/** Beginnings of keys that are put together at run time. */
const begun = [...sources.matchAll(/`([a-z_.]+\.)\$\{/g)].map((match) => match[1] ?? '');

describe('texts', () => {
  it('are there in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
  });

  it('take the same values in both languages', () => {
    for (const [key, text] of Object.entries(vi)) {
      expect([key, names((en as Record<string, string>)[key] ?? '')]).toEqual([key, names(text)]);
    }
  });

  it('are all used', () => {
    const unused = Object.keys(vi).filter(
      (key) => !sources.includes(`'${key}'`) && !begun.some((start) => key.startsWith(start)),
    );
    expect(unused).toEqual([]);
  });

  it('call the roles what the server and the glossary call them', () => {
    const root = path.resolve(import.meta.dirname, '../../../..');
    const roles = readFileSync(path.join(root, 'data/roles.toml'), 'utf8');
    const glossary = readFileSync(path.join(root, 'docs/reference/glossary.md'), 'utf8');
    const named = [...roles.matchAll(/^id = "(.+)"\nname_vi = "(.+)"\nname_en = "(.+)"$/gm)];
    expect(named.map((role) => role[1])).toEqual(ROLES);
    for (const [, id, nameVi, nameEn] of named) {
      expect((vi as Record<string, string>)[`role.${id}`]).toBe(nameVi);
      expect((en as Record<string, string>)[`role.${id}`]).toBe(nameEn);
      expect(glossary.toLowerCase()).toContain(`| \`${id}\` | ${nameVi?.toLowerCase()} |`);
    }
  });

  it('are never empty', () => {
    for (const [key, text] of [...Object.entries(vi), ...Object.entries(en)])
      expect([key, text.trim()]).not.toEqual([key, '']);
  });
});
