import { expect, it } from 'vitest';
import { faultText, isOfHeader, lockedRows, needsReason, type ImportFault } from './imports';

const fault = (line: number, code: string, rest: Partial<ImportFault> = {}): ImportFault => ({
  line,
  code,
  message: '',
  message_en: '',
  ...rest,
});

it('tells a fault without its place', () => {
  const negative = fault(6, 'number.negative', {
    column: 'D',
    column_name: 'Số liệu',
    message: 'Dòng 6, cột D «Số liệu»: không được là số âm; hãy ghi 0 hoặc số dương (đang ghi «-3»)',
    message_en: 'Row 6, column D “Số liệu”: must not be negative; write 0 or more (it says “-3”)',
  });
  expect(faultText(negative, 'vi')).toBe('Không được là số âm; hãy ghi 0 hoặc số dương (đang ghi «-3»)');
  expect(faultText(negative, 'en')).toBe('Must not be negative; write 0 or more (it says “-3”)');
  const missing = fault(1, 'column.missing', {
    column_name: 'Kỳ: báo cáo',
    message: 'Dòng 1, cột «Kỳ: báo cáo»: thiếu cột bắt buộc này',
  });
  expect(faultText(missing, 'vi')).toBe('Thiếu cột bắt buộc này');
  expect(faultText(fault(2, 'x', { message: 'Dòng 2: trùng' }), 'vi')).toBe('Trùng');
  expect(faultText(fault(2, 'x', { message: 'nói khác đi' }), 'vi')).toBe('Nói khác đi');
});

it('counts the rows that a reason would let in', () => {
  const faults = [
    fault(2, 'observation.period_locked'),
    fault(3, 'observation.period_locked'),
    fault(3, 'number.negative'),
    fault(4, 'number.negative'),
  ];
  expect(needsReason(faults)).toBe(true);
  expect(lockedRows(faults)).toBe(1);
  expect(needsReason([fault(4, 'number.negative')])).toBe(false);
  expect(lockedRows([])).toBe(0);
});

it('knows the faults that concern every row', () => {
  expect(isOfHeader(fault(1, 'column.unknown'))).toBe(true);
  expect(isOfHeader(fault(2, 'row.duplicate'))).toBe(false);
});
