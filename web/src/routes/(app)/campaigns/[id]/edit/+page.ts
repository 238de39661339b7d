import { activityKindList } from '$lib/data/activities';
import { campaignGet, campaignVersionGet } from '$lib/data/campaigns';
import { indicatorList } from '$lib/data/figures';
import { organizationNames } from '$lib/data/organizations';

export async function load({ params }) {
  // The campaign first: a plan that is newer than its number is told as a conflict, never overwritten.
  const campaign = await campaignGet(params.id);
  const [version, indicators, kinds] = await Promise.all([
    campaignVersionGet(params.id, campaign.current_version),
    indicatorList(),
    activityKindList(),
  ]);
  const bodies = version.plan.responsibilities.flatMap(({ organization_id }) => organization_id ?? []);
  return {
    campaign,
    version,
    indicators: indicators.items,
    kinds: kinds.items,
    organizations: await organizationNames(bodies),
  };
}
