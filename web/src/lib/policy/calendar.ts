// Months counted from the year 0, and days as `YYYY-MM-DD`, which compare as text.

/** Months since January of the year 0. */
export type Month = number;

export const monthOf = (text: string): Month => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7)) - 1;
export const yearOf = (month: Month): number => Math.floor(month / 12);
export const monthText = (month: Month): string =>
  `${String(yearOf(month)).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}`;
export const firstDay = (month: Month): string => `${monthText(month)}-01`;
const days = (month: Month): number => new Date(Date.UTC(yearOf(month), (month % 12) + 1, 0)).getUTCDate();
export const lastDay = (month: Month): string => `${monthText(month)}-${days(month)}`;

/** `60y3m`, as the API writes an age. */
export const ageText = (months: number): string =>
  `${Math.trunc(months / 12)}y${months % 12 ? `${months % 12}m` : ''}`;

/** The same day so many months later, or the last of a shorter month. */
export function plusMonths(day: string, months: number): string {
  const month = monthOf(day) + months;
  return `${monthText(month)}-${String(Math.min(Number(day.slice(8)), days(month))).padStart(2, '0')}`;
}

export function dayBefore(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}

/** Months of an age as the API writes it. */
export function ageMonths(text: string): number {
  const [years = '0', months = ''] = text.split('y');
  return Number(years) * 12 + Number(months.replace('m', ''));
}
