// The monthly form: what a unit reports for a period, beside what it reported before.
import { client, content } from '$lib/api/client';
import type { components } from '$lib/api/schema';

type Schemas = components['schemas'];
export type MonthlyForm = Schemas['MonthlyForm'];
export type MonthlyFormLine = Schemas['MonthlyFormLine'];
export type MonthlyFormValue = Schemas['MonthlyFormValue'];

export const monthlyFormGet = (unitId: string, period: string) =>
  content(
    client.GET('/api/v1/monthly_forms/{admin_unit_id}/{period}', {
      params: { path: { admin_unit_id: unitId, period } },
    }),
  );
export const monthlyFormSubmit = (
  unitId: string,
  period: string,
  body: { id: string; values: MonthlyFormValue[]; reason: string | null },
) =>
  content(
    client.POST('/api/v1/monthly_forms/{admin_unit_id}/{period}', {
      params: { path: { admin_unit_id: unitId, period } },
      body,
    }),
  );

/** How far a form has come, in one word. */
export type FormStanding = 'none' | 'partly' | 'submitted' | 'approved';

/** What must be reported counts; where nothing must, what there is. */
function counted(lines: MonthlyFormLine[]): MonthlyFormLine[] {
  const expected = lines.filter((line) => line.expected);
  return expected.length ? expected : lines;
}

export function formProgress(form: Pick<MonthlyForm, 'lines'>): {
  standing: FormStanding;
  reported: number;
  approved: number;
  total: number;
} {
  const lines = counted(form.lines);
  const reported = lines.filter((line) => line.current).length;
  const approved = lines.filter((line) => line.current?.state === 'approved').length;
  const total = lines.length;
  const standing =
    reported === 0 ? 'none' : approved === total ? 'approved' : reported === total ? 'submitted' : 'partly';
  return { standing, reported, approved, total };
}

/** Smaller changes than these are not worth a word: percent, and the number itself. */
const ODD = { stock: { percent: 30, least: 20 }, flow: { percent: 200, least: 30 } };

export interface Jump {
  against: 'previous' | 'last_year';
  before: number;
  /** In percent; none where nothing was there before. */
  percent: number | null;
}

/**
 * A value so far from the period before that it should be looked at again; it may be right.
 *
 * What happens in a month swings more than what stands at its end, and with the seasons: a flow is odd only when it is
 * far from last year's, too.
 */
export function jumpOf(
  value: number,
  line: Pick<MonthlyFormLine, 'nature' | 'previous' | 'last_year'>,
): Jump | undefined {
  const limits = line.nature === 'stock' ? ODD.stock : ODD.flow;
  const jump = (against: Jump['against'], before: number | null | undefined): Jump | undefined => {
    if (before == null) return undefined;
    const change = Math.abs(value - before);
    // From the smaller one, so that a digit too few is as odd as a digit too many.
    const base = Math.min(value, before);
    if (change < limits.least || (base > 0 && (change / base) * 100 < limits.percent)) return undefined;
    return { against, before, percent: before > 0 ? ((value - before) / before) * 100 : null };
  };
  const previous = jump('previous', line.previous);
  if (line.nature === 'stock' || line.last_year == null) return previous;
  return previous && jump('last_year', line.last_year) && previous;
}
