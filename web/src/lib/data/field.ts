// What counsellors record: consultations, persons and enrollments.
import { api } from '$lib/api/pending';

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

export interface ConsultationCreate {
  id: string;
  organization_id: string;
  admin_unit_id: string;
  place: string;
  day: string;
  people: number;
  schemes: string[];
  outcome: string;
  next_step: string | null;
  next_step_day: string | null;
  note: string;
}
export interface PersonCreate {
  id: string;
  admin_unit_id: string;
  name: string;
  birth_year: number | null;
  phone: string | null;
  national_id: string | null;
  /** What the person allowed. */
  consents: string[];
}
export interface EnrollmentCreate {
  id: string;
  person_id: string | null;
  organization_id: string;
  admin_unit_id: string;
  scheme: string;
  day: string;
  starts_on: string | null;
  months: number | null;
  amount_vnd: number | null;
}

export const consultationCreate = (campaignId: string, input: ConsultationCreate) =>
  api.post(`/campaigns/${campaignId}/consultations`, input);
export const personCreate = (input: PersonCreate) => api.post('/persons', input);
export const enrollmentCreate = (campaignId: string, input: EnrollmentCreate) =>
  api.post(`/campaigns/${campaignId}/enrollments`, input);
