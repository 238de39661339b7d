import { redirect } from '@sveltejs/kit';
import { session } from '$lib/data/session.svelte';

/** Every screen below here is for somebody who is signed in. */
export async function load({ url }) {
  const me = session.me ?? (await session.load());
  if (me?.must_change_password && url.pathname !== '/account') redirect(307, '/account');
  if (!me) redirect(307, `/sign-in?next=${encodeURIComponent(url.pathname + url.search)}`);
  return { me };
}
