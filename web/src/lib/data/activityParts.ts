// The parts of an activity with many sites, each read as lines of a table and saved whole.
import { client, content } from '$lib/api/client';
import { ApiError } from '$lib/api/error';
import { sameLines, type Line } from '$lib/rows';
import { activityParts, type ActivityParts } from './activities';

export const PART_NAMES = ['sites', 'readiness', 'script', 'resources', 'teams', 'roster'] as const;
export type PartName = (typeof PART_NAMES)[number];

/** What can be used at an activity, in the words of the server. */
export const RESOURCE_KINDS = [
  'car',
  'motorbike',
  'loudspeaker',
  'banner',
  'flag',
  'decal',
  'leaflet',
  'other',
] as const;

interface Part {
  /** What the server calls the lines in its faults. */
  list: string;
  read: (parts: ActivityParts) => Line[];
  put: (id: string, lines: Line[]) => Promise<ActivityParts>;
}

const text = (line: Line, key: string) => String(line[key] ?? '');
const optional = (line: Line, key: string) => text(line, key) || null;
/** The server refuses what is no count; nothing typed is one less than none. */
const count = (line: Line, key: string) => (typeof line[key] === 'number' ? line[key] : -1);
/** A local instant, from a day and a time that stand in columns of their own. */
const instant = (line: Line, key: string) => `${text(line, `${key}_day`)}T${text(line, `${key}_time`)}`;
const split = (key: string, at: string) => ({
  [`${key}_day`]: at.slice(0, 10),
  [`${key}_time`]: at.slice(11, 16),
});
const path = (id: string) => ({ path: { id } });

export const PARTS: Record<PartName, Part> = {
  sites: {
    list: 'sites',
    read: ({ sites }) =>
      sites.map((one) => ({
        id: one.id,
        name: one.name,
        admin_unit_id: one.admin_unit_id,
        place: one.place,
        ...split('starts', one.starts_at),
        organization_id: one.organization_id ?? '',
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        name: text(line, 'name'),
        admin_unit_id: text(line, 'admin_unit_id'),
        place: text(line, 'place'),
        starts_at: instant(line, 'starts'),
        organization_id: optional(line, 'organization_id'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/sites', { params: path(id), body: { items } }));
    },
  },
  readiness: {
    list: 'items',
    read: ({ readiness }) =>
      readiness.map((one) => ({
        id: one.id,
        site_id: one.site_id,
        title: one.title,
        organization_id: one.organization_id,
        ...split('due', one.due_at),
        note: one.note,
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        site_id: text(line, 'site_id'),
        title: text(line, 'title'),
        organization_id: text(line, 'organization_id'),
        due_at: instant(line, 'due'),
        note: text(line, 'note'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/readiness', { params: path(id), body: { items } }));
    },
  },
  script: {
    list: 'lines',
    read: ({ script }) =>
      script.map((one) => ({
        id: one.id,
        starts_at: one.starts_at,
        ends_at: one.ends_at ?? '',
        what: one.what,
        who: one.who,
        organization_id: one.organization_id ?? '',
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        starts_at: text(line, 'starts_at'),
        ends_at: optional(line, 'ends_at'),
        what: text(line, 'what'),
        who: text(line, 'who'),
        organization_id: optional(line, 'organization_id'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/script', { params: path(id), body: { items } }));
    },
  },
  resources: {
    list: 'resources',
    read: ({ resources }) =>
      resources.map((one) => ({
        id: one.id,
        site_id: one.site_id ?? '',
        kind: one.kind,
        quantity: one.quantity,
        organization_id: one.organization_id ?? '',
        note: one.note,
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        site_id: optional(line, 'site_id'),
        kind: text(line, 'kind'),
        quantity: count(line, 'quantity'),
        organization_id: optional(line, 'organization_id'),
        note: text(line, 'note'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/resources', { params: path(id), body: { items } }));
    },
  },
  teams: {
    list: 'teams',
    read: ({ teams }) =>
      teams.map((one) => ({
        id: one.id,
        name: one.name,
        site_id: one.site_id ?? '',
        admin_unit_id: one.admin_unit_id,
        member_count: one.member_count,
        organization_id: one.organization_id ?? '',
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        name: text(line, 'name'),
        site_id: optional(line, 'site_id'),
        admin_unit_id: text(line, 'admin_unit_id'),
        member_count: count(line, 'member_count'),
        organization_id: optional(line, 'organization_id'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/teams', { params: path(id), body: { items } }));
    },
  },
  roster: {
    list: 'places',
    read: ({ roster }) =>
      roster.map((one) => ({
        id: one.id,
        team_id: one.team_id,
        day: one.day,
        starts_at: one.starts_at ?? '',
        ends_at: one.ends_at ?? '',
        admin_unit_id: one.admin_unit_id,
        place: one.place,
      })),
    put: (id, lines) => {
      const items = lines.map((line) => ({
        id: line.id,
        team_id: text(line, 'team_id'),
        day: text(line, 'day'),
        starts_at: optional(line, 'starts_at'),
        ends_at: optional(line, 'ends_at'),
        admin_unit_id: text(line, 'admin_unit_id'),
        place: text(line, 'place'),
      }));
      return content(client.PUT('/api/v1/activities/{id}/roster', { params: path(id), body: { items } }));
    },
  },
};

/**
 * Saves a part whole. `base` is what the person began from: when another has saved since, this is refused, as the
 * server itself asks for no version here. `over` saves all the same.
 */
export async function partSave(
  id: string,
  name: PartName,
  base: Line[],
  lines: Line[],
  over = false,
): Promise<ActivityParts> {
  const { read, put } = PARTS[name];
  if (!over) {
    const parts = await activityParts(id);
    const now = read(parts);
    // Sent before, and only the answer was lost.
    if (sameLines(now, lines)) return parts;
    if (!sameLines(now, base))
      throw new ApiError(409, { code: 'record.changed_meanwhile', message: '', details: [] });
  }
  return put(id, lines);
}

type Site = Pick<ActivityParts['sites'][number], 'id' | 'organization_id'>;

/**
 * The checklist of one site, added to the sites that do not have its lines yet. What the body of that site answers
 * for, the body of the other one does there.
 */
export function copyToSites(lines: Line[], from: Site, sites: Site[], newId: () => string): Line[] {
  const wanted = lines.filter((line) => line.site_id === from.id);
  const added = sites
    .filter((site) => site.id !== from.id)
    .flatMap((site) =>
      wanted
        .filter((line) => !lines.some((one) => one.site_id === site.id && one.title === line.title))
        .map((line) => ({
          ...line,
          id: newId(),
          site_id: site.id,
          organization_id:
            (line.organization_id === from.organization_id && site.organization_id) ||
            (line.organization_id ?? ''),
        })),
    );
  return [...lines, ...added];
}
