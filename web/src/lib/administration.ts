// The parts of administration, each for whom it is for.
import { session } from './data/session.svelte';

const PARTS = [
  { part: 'users', href: '/admin', action: 'user_manage' },
  { part: 'organizations', href: '/admin/organizations', action: 'organization_write' },
  { part: 'kinds', href: '/admin/kinds', action: 'catalog_write' },
  { part: 'changes', href: '/admin/changes', action: 'audit_read' },
] as const;

/** What the signed-in person may administer at least somewhere. */
export const administrationParts = () => PARTS.filter((one) => session.may(one.action));
