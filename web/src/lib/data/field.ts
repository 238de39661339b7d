// What counsellors record: consultations, persons and enrollments.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';
import type { Quote } from '$lib/policy/quotes';
import { adminUnitsOn, type AdminUnit } from './adminUnits';
import { session } from './session.svelte';

export const SCHEMES = [
  'voluntary_si',
  'household_hi',
  'compulsory_si',
  'health_insurance',
  'unemployment_insurance',
] as const;
export const OUTCOMES = [
  'enrolled',
  'will_enroll',
  'considering',
  'refused',
  'already_enrolled',
  'not_eligible',
  'informed',
] as const;
export const NEXT_STEPS = ['none', 'visit_again', 'call', 'bring_papers', 'hand_over'] as const;

type Schemas = components['schemas'];

export type ConsultationCreate = Pick<
  Schemas['Consultation'],
  | 'id'
  | 'organization_id'
  | 'admin_unit_id'
  | 'place'
  | 'day'
  | 'people'
  | 'schemes'
  | 'outcome'
  | 'next_step'
  | 'next_step_day'
  | 'note'
> & { quotes: Quote[] };

export const consultationCreate = (campaignId: string, body: ConsultationCreate) =>
  content(
    client.POST('/api/v1/campaigns/{id}/consultations', {
      params: { path: { id: campaignId } },
      // The generated type of a body without further properties takes none at all.
      body: body as never,
    }),
  );
export const personCreate = (body: Schemas['PersonCreate']) =>
  content(client.POST('/api/v1/persons', { body }));
export const enrollmentCreate = (campaignId: string, body: Schemas['EnrollmentCreate']) =>
  content(client.POST('/api/v1/campaigns/{id}/enrollments', { params: { path: { id: campaignId } }, body }));

/** The units that stood on a day where the person works. */
export async function ownUnitsOn(day: string): Promise<AdminUnit[]> {
  const ids = new Set(session.me?.roles.flatMap((role) => role.admin_unit_id ?? []));
  return (await Promise.all([...ids].map((id) => adminUnitsOn(id, day)))).flat();
}

/** The communes among them. */
export const ownCommunesOn = async (day: string): Promise<AdminUnit[]> =>
  (await ownUnitsOn(day)).filter((unit) => unit.level === 'commune');

/** Learns them for some days, so that they are there without a network; the earliest answer holds longest. */
export async function ownCommunesLearn(days: string[]): Promise<void> {
  for (const day of [...days].sort()) await ownCommunesOn(day);
}
