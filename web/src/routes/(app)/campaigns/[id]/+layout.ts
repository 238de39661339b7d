import { campaignGet } from '$lib/data/campaigns';

export async function load({ params, depends }) {
  depends('app:campaign');
  return { campaign: await campaignGet(params.id) };
}
