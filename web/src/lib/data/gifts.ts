// Gifts of insurance books and cards: what donors pledged, and what reached a person.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type Gift = Schemas['Gift'];
export type GiftPledge = Schemas['GiftPledge'];
export type GiftPledgeCreate = Schemas['GiftPledgeCreate'];
export type Person = Schemas['Person'];

export const GIFT_KINDS = ['voluntary_si_book', 'health_insurance_card'] as const;

const LIMIT = 200;
/** People of a commune that a search by name looks through: the server finds none by name. */
const MOST_PEOPLE = 2000;

/** Every pledge of a campaign that may be seen. */
export async function giftPledges(campaignId: string): Promise<GiftPledge[]> {
  const found: GiftPledge[] = [];
  let page: string | undefined;
  do {
    const answer = await content(
      client.GET('/api/v1/campaigns/{id}/gift_pledges', {
        params: { path: { id: campaignId }, query: { page, limit: LIMIT } },
      }),
    );
    found.push(...answer.items);
    page = answer.next_page ?? undefined;
  } while (page);
  return found;
}
export const giftPledgeCreate = (campaignId: string, body: GiftPledgeCreate) =>
  content(client.POST('/api/v1/campaigns/{id}/gift_pledges', { params: { path: { id: campaignId } }, body }));
export const giftList = (campaignId: string, page?: string | null) =>
  content(
    client.GET('/api/v1/campaigns/{id}/gifts', {
      params: { path: { id: campaignId }, query: { page: page ?? undefined, limit: 20 } },
    }),
  );
export const giftGive = (campaignId: string, body: Schemas['GiftGive']) =>
  content(client.POST('/api/v1/campaigns/{id}/gifts', { params: { path: { id: campaignId } }, body }));

/** The people of a commune whom one may see by name. */
export async function peopleOf(unitId: string): Promise<Person[]> {
  const found: Person[] = [];
  let page: string | undefined;
  do {
    const answer = await content(
      client.GET('/api/v1/persons', { params: { query: { admin_unit_id: unitId, page, limit: LIMIT } } }),
    );
    found.push(...answer.items);
    page = answer.next_page ?? undefined;
  } while (page && found.length < MOST_PEOPLE);
  return found;
}

/** Who somebody is, for those entitled. */
export const personName = async (id: string): Promise<string> =>
  (await content(client.GET('/api/v1/persons/{id}', { params: { path: { id } } }))).name ?? '';

export interface Donor {
  name: string;
  quantity: number;
  given: number;
  pledges: GiftPledge[];
}

/** Pledges by donor, who pledged most first. */
export function byDonor(pledges: GiftPledge[]): Donor[] {
  const donors = new Map<string, Donor>();
  for (const pledge of pledges) {
    const key = pledge.donor_organization_id ?? pledge.donor_name;
    const donor = donors.get(key) ?? { name: pledge.donor_name, quantity: 0, given: 0, pledges: [] };
    donor.quantity += pledge.quantity;
    donor.given += pledge.given;
    donor.pledges.push(pledge);
    donors.set(key, donor);
  }
  return [...donors.values()].sort((a, b) => b.quantity - a.quantity || a.name.localeCompare(b.name, 'vi'));
}
