// Prints the compressed size of the script the browser needs before it can show the first screen, and of
// every lazily loaded part above 50 kB. Fails when the first load is above the limit.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 200;
const dist = path.resolve(import.meta.dirname, '../dist');
const manifestPath = path.resolve(import.meta.dirname, '../.svelte-kit/output/client/.vite/manifest.json');
if (!existsSync(dist) || !existsSync(manifestPath)) {
  console.error('dist/ is not there: run `npm run build` first.');
  process.exit(1);
}

const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
const kilobytes = (file) => gzipSync(readFileSync(path.join(dist, file))).length / 1024;

/** Adds a chunk and everything it imports statically. */
function collect(key, seen) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) collect(next, seen);
  return seen;
}

// What index.html starts (runtime and app), the two layouts and the heaviest single page.
const entries = Object.keys(manifest).filter((key) => manifest[key].isEntry || /nodes\/\d+\.js$/.test(key));
const shell = new Set();
for (const key of entries.filter((key) => !/nodes\/\d+\.js$/.test(key))) collect(key, shell);
for (const key of entries.filter((key) => /nodes\/[012]\.js$/.test(key))) collect(key, shell);
const sum = (keys) => [...keys].reduce((total, key) => total + kilobytes(manifest[key].file), 0);
const shellKb = sum(shell);

const pages = entries
  .filter((key) => /nodes\/\d+\.js$/.test(key) && !/nodes\/[012]\.js$/.test(key))
  .map((key) => ({ key, kb: sum([...collect(key, new Set())].filter((part) => !shell.has(part))) }))
  .sort((a, b) => b.kb - a.kb);
const heaviest = pages[0]?.kb ?? 0;

console.log(`first load, shell:         ${shellKb.toFixed(1)} kB gzip`);
console.log(`heaviest page on top:      ${heaviest.toFixed(1)} kB gzip`);
const assets = path.join(dist, '_app/immutable');
for (const file of readdirSync(assets, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.js')) continue;
  const kb = kilobytes(path.join('_app/immutable', file));
  if (kb > 50) console.log(`part ${file}: ${kb.toFixed(1)} kB gzip`);
}
if (shellKb + heaviest > LIMIT_KB) {
  console.error(`The first load is above ${LIMIT_KB} kB gzip. Load the heavy part lazily (import()).`);
  process.exit(1);
}
