import { afterEach, describe, expect, it } from 'vitest';
import { i18n } from '$lib/i18n/index.svelte';
import {
  daysBetween,
  formatChange,
  formatDate,
  formatDatesIn,
  formatInstant,
  formatNumber,
  formatPercent,
  formatPeriod,
  parseCount,
  parseDate,
  parseScaled,
  parseTime,
} from './format';

afterEach(() => i18n.choose('vi'));

describe('numbers', () => {
  it('reads whole numbers as people write them, and nothing else', () => {
    for (const text of ['1322', '1.322', '1,322', ' 1 322 ']) expect(parseCount(text)).toBe(1322);
    expect(parseCount('0')).toBe(0);
    expect(parseCount('1.621.517')).toBe(1_621_517);
    for (const text of ['', '12,5', '-3', '1.32', '1.621,517', 'mười', '99999999999999999'])
      expect(parseCount(text)).toBeUndefined();
  });

  it('writes thousands with dots and decimals with a comma', () => {
    expect(formatNumber(1621517)).toBe('1.621.517');
    expect(formatPercent(55.3)).toBe('55,3%');
    expect(formatNumber(null)).toBe('–');
  });

  it('reads decimals as far as an indicator has them', () => {
    expect(parseScaled('55,3', 1)).toBe(553);
    expect(parseScaled('55.3', 1)).toBe(553);
    expect(parseScaled('55', 1)).toBe(550);
    expect(parseScaled('1.322', 0)).toBe(1322);
    expect(parseScaled('55,31', 1)).toBeUndefined();
    expect(parseScaled('55,3', 0)).toBeUndefined();
  });

  it('writes them the English way in English', async () => {
    await i18n.choose('en');
    expect(formatNumber(1621517)).toBe('1,621,517');
  });

  it('shows the sign of a change', () => {
    expect(formatChange(4370)).toBe('+4.370');
    expect(formatChange(-12)).toBe('−12');
    expect(formatChange(0)).toBe('0');
  });
});

describe('dates', () => {
  it('are written for people in sentences of the law, numbers of decrees are left alone', () => {
    const told = 'chỉ từ 2025-07-01 (Nghị định 146/2018/NĐ-CP), sớm nhất 2026-02, quá 2022-2023';
    expect(formatDatesIn(told)).toBe(
      'chỉ từ 01/7/2025 (Nghị định 146/2018/NĐ-CP), sớm nhất 2/2026, quá 2022-2023',
    );
  });

  it('puts a zero before small days and before the months one and two', () => {
    expect(formatDate('2022-05-08')).toBe('08/5/2022');
    expect(formatDate('2022-02-15')).toBe('15/02/2022');
    expect(formatDate('2022-12-31')).toBe('31/12/2022');
  });

  it('reads instants in the time of Viet Nam', () => {
    expect(formatInstant('2022-05-07T12:00:00Z')).toBe('19:00, 07/5/2022');
    expect(formatInstant('2022-05-07T18:30:00Z')).toBe('01:30, 08/5/2022');
  });

  it('reads what people type and refuses days that do not exist', () => {
    expect(parseDate('8/5/2022')).toBe('2022-05-08');
    expect(parseDate('2022-05-08')).toBe('2022-05-08');
    expect(parseDate('31/02/2022')).toBeUndefined();
    expect(parseDate('tháng 5')).toBeUndefined();
  });

  it('counts days', () => {
    expect(daysBetween('2022-05-07', '2022-05-31')).toBe(24);
    expect(daysBetween('2022-05-31', '2022-05-07')).toBe(-24);
  });

  it('names periods', () => {
    expect(formatPeriod('2023-03')).toBe('tháng 3/2023');
    expect(formatPeriod('2023-Q1')).toBe('quý I/2023');
    expect(formatPeriod('2022')).toBe('năm 2022');
  });
});

describe('times of day', () => {
  it('are read as people type them', () => {
    for (const text of ['7:30', '7h30', '0730', '730', '07:30 ', '7.30', '7g30'])
      expect(parseTime(text), text).toBe('07:30');
    expect(parseTime('7h')).toBe('07:00');
    expect(parseTime('19')).toBe('19:00');
    for (const text of ['', '24:00', '7:60', 'sáng', '12345', '2400'])
      expect(parseTime(text), text).toBe(undefined);
  });
});
