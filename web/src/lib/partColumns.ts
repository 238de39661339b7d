// The tables in which the parts of an activity are edited: their columns, and what a new line begins with.
import type { Activity, ActivityParts } from '$lib/data/activities';
import { RESOURCE_KINDS, type PartName } from '$lib/data/activityParts';
import type { Campaign } from '$lib/data/campaigns';
import { t } from '$lib/i18n/index.svelte';
import { newId } from '$lib/ids';
import type { Column, Line } from '$lib/rows';

export interface PartContext {
  campaign: Pick<Campaign, 'first_day' | 'last_day'>;
  activity: Activity;
  parts: ActivityParts;
}

/** The evening before, when what is to be ready mostly is due. */
const EVENING = '19:00';
const dayBefore = (day: string) => new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);

export function columnsOf(name: PartName, { campaign, activity, parts }: PartContext): Column[] {
  const sites = parts.sites.map((site) => ({ value: site.id, label: site.name }));
  const anySite = [{ value: '', label: t('activity_edit.whole_activity') }, ...sites];
  const at = activity.first_day;
  const unit: Column = { key: 'admin_unit_id', label: t('unit.title'), kind: 'unit', at, required: true };
  const body = (label: string, required = false): Column => ({
    key: 'organization_id',
    label,
    kind: 'organization',
    required,
  });
  const note: Column = { key: 'note', label: t('task.note'), kind: 'text' };
  const time = (key: string, label: string, required = false, fault?: string): Column => ({
    key,
    label,
    kind: 'time',
    required,
    fault,
    width: '5.5rem',
  });
  switch (name) {
    case 'sites':
      return [
        { key: 'name', label: t('activity_edit.site_name'), kind: 'text', required: true, width: '22%' },
        unit,
        { key: 'place', label: t('activity.place'), kind: 'text', width: '22%' },
        ...(activity.first_day === activity.last_day
          ? []
          : [
              {
                key: 'starts_day',
                label: t('field.day'),
                kind: 'day' as const,
                min: campaign.first_day,
                max: campaign.last_day,
                width: '9.5rem',
              },
            ]),
        time('starts_time', t('activity.starts'), true, 'starts_at'),
        body(t('activity_edit.responsible')),
      ];
    case 'readiness':
      return [
        {
          key: 'site_id',
          label: t('activity.site'),
          kind: 'choice',
          options: sites,
          required: true,
          width: '18%',
        },
        { key: 'title', label: t('activity_edit.what_ready'), kind: 'text', required: true, width: '24%' },
        body(t('activity_edit.responsible'), true),
        { key: 'due_day', label: t('activity_edit.due_day'), kind: 'day', width: '9.5rem' },
        time('due_time', t('activity_edit.due_time'), true, 'due_at'),
        note,
      ];
    case 'script':
      return [
        time('starts_at', t('activity_edit.from_time'), true),
        time('ends_at', t('activity_edit.to_time')),
        { key: 'what', label: t('activity_edit.what_happens'), kind: 'text', required: true, width: '34%' },
        { key: 'who', label: t('activity_edit.who'), kind: 'text', width: '20%' },
        body(t('activity.by')),
      ];
    case 'resources':
      return [
        {
          key: 'kind',
          label: t('activity_edit.resource_kind'),
          kind: 'choice',
          options: RESOURCE_KINDS.map((kind) => ({ value: kind, label: t(`resource.${kind}`) })),
          required: true,
          width: '14%',
        },
        {
          key: 'quantity',
          label: t('activity_edit.quantity'),
          kind: 'number',
          required: true,
          width: '6rem',
        },
        ...(sites.length
          ? [{ key: 'site_id', label: t('activity.site'), kind: 'choice' as const, options: anySite }]
          : []),
        body(t('activity_edit.brought_by')),
        note,
      ];
    case 'teams':
      return [
        { key: 'name', label: t('activity_edit.team_name'), kind: 'text', required: true, width: '20%' },
        ...(sites.length
          ? [{ key: 'site_id', label: t('activity.site'), kind: 'choice' as const, options: anySite }]
          : []),
        unit,
        {
          key: 'member_count',
          label: t('activity_edit.members'),
          kind: 'number',
          required: true,
          width: '6rem',
        },
        body(t('organization.title')),
      ];
    case 'roster':
      return [
        {
          key: 'team_id',
          label: t('activity_edit.team'),
          kind: 'choice',
          options: parts.teams.map((team) => ({ value: team.id, label: team.name })),
          required: true,
          width: '16%',
        },
        {
          key: 'day',
          label: t('field.day'),
          kind: 'day',
          min: campaign.first_day,
          max: campaign.last_day,
          width: '9.5rem',
        },
        time('starts_at', t('activity_edit.from_time')),
        time('ends_at', t('activity_edit.to_time')),
        unit,
        { key: 'place', label: t('activity.place'), kind: 'text', required: true, width: '22%' },
      ];
  }
}

/** A new line, which takes over from the last one what mostly stays. `siteId`: the site that is looked at. */
export function blankOf(
  name: PartName,
  { activity, parts }: PartContext,
  last: Line | undefined,
  siteId = '',
): Line {
  const id = newId();
  const kept = (key: string, otherwise: string) => last?.[key] ?? otherwise;
  const { organization_id, admin_unit_id, first_day } = activity;
  switch (name) {
    case 'sites':
      return {
        id,
        name: '',
        admin_unit_id: '',
        place: '',
        starts_day: kept('starts_day', first_day),
        starts_time: kept('starts_time', activity.starts_at ?? '07:00'),
        organization_id: '',
      };
    case 'readiness': {
      const site = siteId || String(kept('site_id', parts.sites[0]?.id ?? ''));
      const body = parts.sites.find((one) => one.id === site)?.organization_id;
      return {
        id,
        site_id: site,
        title: '',
        organization_id: kept('organization_id', body ?? organization_id),
        due_day: kept('due_day', dayBefore(first_day)),
        due_time: kept('due_time', EVENING),
        note: '',
      };
    }
    case 'script':
      return {
        id,
        starts_at: last?.ends_at || kept('starts_at', activity.starts_at ?? '07:00'),
        ends_at: '',
        what: '',
        who: '',
        organization_id: '',
      };
    case 'resources':
      return {
        id,
        site_id: kept('site_id', ''),
        kind: 'car',
        quantity: 1,
        organization_id: kept('organization_id', organization_id),
        note: '',
      };
    case 'teams':
      return {
        id,
        name: '',
        site_id: '',
        admin_unit_id: kept('admin_unit_id', admin_unit_id),
        member_count: last?.member_count ?? 3,
        organization_id: kept('organization_id', organization_id),
      };
    case 'roster':
      return {
        id,
        team_id: kept('team_id', parts.teams[0]?.id ?? ''),
        day: kept('day', first_day),
        starts_at: kept('starts_at', activity.starts_at ?? ''),
        ends_at: kept('ends_at', activity.ends_at ?? ''),
        admin_unit_id: kept('admin_unit_id', admin_unit_id),
        place: kept('place', ''),
      };
  }
}

/** Names of the units and bodies that stand in the parts, by id; of the activity's own too. */
export function namesIn({ activity, parts }: PartContext, organization: string): Record<string, string> {
  const units = [activity, ...parts.sites, ...parts.teams, ...parts.roster];
  return Object.fromEntries([
    [activity.organization_id, organization],
    ...units.map((one) => [one.admin_unit_id, one.admin_unit_name]),
    ...parts.organizations.map((one) => [one.id, one.name]),
  ]);
}
