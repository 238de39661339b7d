// Moves the script that starts the app out of index.html into a file of its own, so that the server can
// forbid inline scripts altogether.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const dist = path.resolve(import.meta.dirname, '../dist');
const page = path.join(dist, 'index.html');
const html = readFileSync(page, 'utf8');
const found = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
if (found.length !== 1)
  throw new Error(`index.html holds ${found.length} inline scripts; expected the one that starts the app`);
const [whole, script] = found[0];
const name = `_app/immutable/start.${createHash('sha256').update(script).digest('hex').slice(0, 8)}.js`;
writeFileSync(path.join(dist, name), script.replace(/^\s+/gm, '').trim() + '\n');
writeFileSync(page, html.replace(whole, `<script src="/${name}"></script>`));
