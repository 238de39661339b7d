// What counsellors record: consultations and enrollments.
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
  campaign_id: string;
  admin_unit_id: string;
  place: string;
  day: string;
  people: number;
  schemes: string[];
  outcome: string;
  next_step: string;
  next_step_day: string | null;
  note: string;
}

export interface EnrollmentCreate {
  id: string;
  campaign_id: string;
  admin_unit_id: string;
  scheme: string;
  day: string;
  starts_on: string | null;
  months: number | null;
  amount_vnd: number | null;
  person: {
    name: string;
    birth_year: number | null;
    national_id: string | null;
    phone: string | null;
  } | null;
}

export const consultationCreate = (input: ConsultationCreate) => api.post('/consultations', input);
export const enrollmentCreate = (input: EnrollmentCreate) => api.post('/enrollments', input);
