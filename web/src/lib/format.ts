// Numbers, dates and names the way officials write them.
import { i18n } from '$lib/i18n/index.svelte';

const formatters = new Map<string, Intl.NumberFormat>();

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const tag = i18n.locale === 'en' ? 'en-US' : 'vi-VN';
  const key = tag + JSON.stringify(options);
  let formatter = formatters.get(key);
  if (!formatter) formatters.set(key, (formatter = new Intl.NumberFormat(tag, options)));
  return formatter;
}

/** `1.322`, or `55,3` with one decimal. Nothing known is a dash. */
export function formatNumber(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined || Number.isNaN(value)) return '–';
  return numberFormat({ maximumFractionDigits: decimals }).format(value);
}

/** `+4.370`, `−12`, `0`. */
export function formatChange(value: number | null | undefined, decimals = 0): string {
  if (value === null || value === undefined) return '–';
  const text = numberFormat({ maximumFractionDigits: decimals }).format(Math.abs(value));
  return value > 0 ? `+${text}` : value < 0 ? `−${text}` : text;
}

/** A percentage given in percent: `55,3%`. */
export function formatPercent(value: number | null | undefined, decimals = 1): string {
  return value === null || value === undefined ? '–' : `${formatNumber(value, decimals)}%`;
}

/** Whole đồng: `1.500.000 đ`. */
export function formatMoney(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : `${formatNumber(value)} đ`;
}

/**
 * `2022-05-08` becomes `08/5/2022`: a zero before days below ten and before the months one and two,
 * as the decree on official documents asks; `8 May 2022` in English.
 */
export function formatDate(date: string | null | undefined): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(date ?? '');
  if (!match) return '–';
  const [, year, month, day] = match;
  if (i18n.locale === 'en') {
    const name = new Intl.DateTimeFormat('en-GB', { month: 'short', timeZone: 'UTC' });
    return `${Number(day)} ${name.format(new Date(`${year}-${month}-01T00:00:00Z`))} ${year}`;
  }
  const monthNumber = Number(month);
  return `${day}/${monthNumber < 3 ? `0${monthNumber}` : monthNumber}/${year}`;
}

/** The sentence with the days and months in it, such as `2025-07-01` and `2025-07`, as people write them. */
export function formatDatesIn(text: string): string {
  return text
    .replace(/(?<![\d/-])\d{4}-\d{2}-\d{2}(?![\d-])/g, formatDate)
    .replace(/(?<![\d/-])((?:19|20|21)\d\d)-(\d{2})(?![\d-])/g, (_, year: string, month: string) =>
      i18n.locale === 'en' ? `${year}-${month}` : `${Number(month)}/${year}`,
    );
}

/** An instant in the time of Viet Nam: `19:00, 07/5/2022`. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return '–';
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return '–';
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Ho_Chi_Minh',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(date);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('hour')}:${part('minute')}, ${formatDate(`${part('year')}-${part('month')}-${part('day')}`)}`;
}

/** Today in Viet Nam as `YYYY-MM-DD`. */
export function today(now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(now);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000);
}

/** Reads `8/5/2022`, `08.05.2022` or `2022-05-08`; `undefined` for anything that is no day, such as 31/02. */
export function parseDate(text: string): string | undefined {
  const local = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  const iso = /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const [year, month, day] = local
    ? [Number(local[3]), Number(local[2]), Number(local[1])]
    : iso
      ? [Number(iso[1]), Number(iso[2]), Number(iso[3])]
      : [0, 0, 0];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 1000 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** Reads `7:30`, `7h30`, `7h`, `730` or `0730` as `07:30`; `undefined` for anything that is no time of day. */
export function parseTime(text: string): string | undefined {
  const match = /^\s*(\d{1,2})(?:\s*[h:.g]\s*(\d{1,2})?|(\d{2}))?\s*$/i.exec(text);
  const [hour, minute] = [Number(match?.[1]), Number(match?.[2] ?? match?.[3] ?? 0)];
  if (!match || hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Reads a whole number as people write it: `1322`, `1.322`, `1,322`, `1 322`; `undefined` for anything else. */
export function parseCount(text: string): number | undefined {
  const written = text.trim();
  if (!/^(\d+|\d{1,3}(?:([.,\s])\d{3})(?:\2\d{3})*)$/.test(written)) return undefined;
  const value = Number(written.replace(/\D/g, ''));
  return Number.isSafeInteger(value) ? value : undefined;
}

/**
 * Reads a value of an indicator into units of its last decimal: `55,3` with one decimal is 553; `undefined` for
 * anything that is no such number.
 */
export function parseScaled(text: string, decimals: number): number | undefined {
  const match = decimals > 0 ? /^(.*\d)[.,](\d+)$/.exec(text.trim()) : null;
  if (!match || (match[2] ?? '').length > decimals) {
    const whole = parseCount(text);
    return whole === undefined ? undefined : whole * 10 ** decimals;
  }
  const whole = parseCount(match[1] ?? '');
  return whole === undefined
    ? undefined
    : whole * 10 ** decimals + Number((match[2] ?? '').padEnd(decimals, '0'));
}

/** A period id for people: `2022-05` → `tháng 5/2022`, `2023-Q1` → `quý I/2023`, `2022` → `năm 2022`. */
export function formatPeriod(period: string): string {
  const month = /^(R?)(\d{4})-(\d{2})$/.exec(period);
  if (month)
    return i18n.t(month[1] ? 'period.reporting_month_of' : 'period.month_of', {
      month: Number(month[3]),
      year: month[2] ?? '',
    });
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) {
    const roman = ['I', 'II', 'III', 'IV'][Number(quarter[2]) - 1] ?? '';
    return i18n.t('period.quarter_of', { quarter: roman, year: quarter[1] ?? '' });
  }
  const half = /^(\d{4})-H([12])$/.exec(period);
  if (half) return i18n.t('period.half_of', { half: half[2] ?? '', year: half[1] ?? '' });
  if (/^\d{4}$/.test(period)) return i18n.t('period.year_of', { year: period });
  return /^\d{4}-\d{2}-\d{2}$/.test(period) ? formatDate(period) : period;
}
