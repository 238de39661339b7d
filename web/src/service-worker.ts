/// <reference no-default-lib="true"/>
/// <reference lib="esnext" />
/// <reference lib="webworker" />
// Keeps the app's screens and the law's tables, so that calculating works without a network after the first visit.

const worker = self as unknown as ServiceWorkerGlobalScope;

/** Written in by scripts/kept-files.mjs after the build: what tells this release apart, then what is kept of it. */
const [RELEASE = '', ...FILES] = '__KEPT_FILES__'.split(' ');
const CACHE = `raquan-${RELEASE}`;
const TABLES = '/api/v1/policy/offline';
const PAGE = '/';

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, TABLES, ...FILES])));
});

worker.addEventListener('activate', (event) => {
  const tidied = caches
    .keys()
    .then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  // The first visit is kept too.
  event.waitUntil(tidied.then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== worker.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(fresh(request, PAGE));
  else if (pathname === TABLES) event.respondWith(fresh(request, TABLES));
  else if (FILES.includes(pathname)) event.respondWith(kept(pathname));
});

/** From the network; without one, as it was last kept. */
async function fresh(request: Request, name: string): Promise<Response> {
  try {
    const answer = await fetch(request);
    if (answer.ok && name === TABLES) await (await caches.open(CACHE)).put(name, answer.clone());
    return answer;
  } catch (error) {
    const found = await caches.match(name);
    if (found) return found;
    throw error;
  }
}

/** Files whose names change with their content. */
async function kept(name: string): Promise<Response> {
  return (await caches.match(name)) ?? fetch(name);
}
