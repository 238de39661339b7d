// The next campaign after an earlier one: its days, its name, its id.
import type { Campaign } from '$lib/data/campaigns';
import { slug } from '$lib/search';

/** The same days in the next year in which they have not passed; 29 February becomes the 28th. */
export function nextDays(
  { first_day, last_day }: Pick<Campaign, 'first_day' | 'last_day'>,
  today: string,
): { first_day: string; last_day: string } {
  const year = (day: string) => Number(day.slice(0, 4));
  const later = (day: string, years: number) => {
    const moved = `${year(day) + years}${day.slice(4)}`;
    const exists = new Date(`${moved}T00:00:00Z`).toISOString().slice(0, 10) === moved;
    return exists ? moved : `${moved.slice(0, 8)}28`;
  };
  const soonest = Math.max(1, year(today) - year(last_day));
  const years = later(last_day, soonest) < today ? soonest + 1 : soonest;
  return { first_day: later(first_day, years), last_day: later(last_day, years) };
}

/** The name with the year of the new days in place of that of the old ones. */
export function nextName(
  { name, first_day }: Pick<Campaign, 'name' | 'first_day'>,
  firstDay: string,
): string {
  const year = new RegExp(`(?<!\\d)${first_day.slice(0, 4)}(?!\\d)`, 'g');
  return firstDay ? name.replace(year, firstDay.slice(0, 4)) : name;
}

/** The longest id of a campaign. */
const LONGEST = 64;

/** An id from the name; where that is too long, its beginning with the year, so that each year has its own. */
export function proposedId(name: string, firstDay: string): string {
  const year = firstDay.slice(0, 4);
  const whole = slug(name, Infinity);
  if (whole.length <= LONGEST || !year) return slug(name, LONGEST);
  return `${slug(name, LONGEST - year.length - 1)}-${year}`;
}
