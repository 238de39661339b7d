// Writes into the service worker which files it keeps: the whole app without the few large parts for charts and maps,
// which need figures from the server anyway. Prints their compressed size.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

const LARGE = 200_000;
const dist = path.resolve(import.meta.dirname, '../dist');
const worker = path.join(dist, 'service-worker.js');
const script = readFileSync(worker, 'utf8');
if (!script.includes('__KEPT_FILES__'))
  throw new Error('service-worker.js has no place for its list of files');

const all = readdirSync(path.join(dist, '_app/immutable'), { recursive: true, encoding: 'utf8' });
const kept = ['favicon.svg', ...all.map((file) => `_app/immutable/${file}`)]
  .filter((file) => statSync(path.join(dist, file)).isFile() && statSync(path.join(dist, file)).size <= LARGE)
  .sort();
const page = readFileSync(path.join(dist, 'index.html'));
const release = createHash('sha256').update(page).update(kept.join('\n')).digest('hex').slice(0, 12);
writeFileSync(
  worker,
  script.replace('__KEPT_FILES__', [release, ...kept.map((file) => `/${file}`)].join(' ')),
);
const size = kept.reduce((sum, file) => sum + gzipSync(readFileSync(path.join(dist, file))).length, 0);
console.log(`kept for later visits:     ${(size / 1024).toFixed(1)} kB gzip in ${kept.length} files`);
