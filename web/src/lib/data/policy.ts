// The law's tables for calculating on this device; the service worker keeps them for when there is no network.
import { client, content } from '$lib/api/client';
import type { PolicyDocument } from '$lib/policy/document';

let loaded: Promise<PolicyDocument> | undefined;

/** The document, fetched once. */
export function policyOffline(): Promise<PolicyDocument> {
  if (!loaded) {
    loaded = content(client.GET('/api/v1/policy/offline')) as Promise<PolicyDocument>;
    loaded.catch(() => (loaded = undefined));
  }
  return loaded;
}
