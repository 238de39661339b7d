import { afterEach, expect, it } from 'vitest';
import { ApiError, errorDetails, fieldError } from './errors';
import { i18n } from './i18n/index.svelte';

afterEach(() => i18n.choose('vi'));

const failure = new ApiError(422, {
  code: 'input.invalid',
  message: 'Có 2 chỗ cần sửa.',
  details: [
    {
      field: 'day',
      code: 'date.in_future',
      message: 'Ngày 31/5/2022 chưa đến.',
      fix: 'Chọn ngày khác.',
      message_en: 'The day has not come yet. Choose today or an earlier one.',
    },
    { field: 'input', code: 'new.code', message: 'Chưa có năm sinh.', fix: 'Ghi năm sinh.' },
  ],
});

it('tells the faults of fields, and the others, in the language chosen', async () => {
  expect(fieldError(failure, 'day')).toBe('Ngày 31/5/2022 chưa đến. Chọn ngày khác.');
  expect(fieldError(failure, 'note')).toBeUndefined();
  expect(errorDetails(failure, ['day'])).toEqual(['Chưa có năm sinh. Ghi năm sinh.']);
  await i18n.choose('en');
  expect(fieldError(failure, 'day')).toBe('The day has not come yet. Choose today or an earlier one.');
  // Rather Vietnamese than nothing.
  expect(errorDetails(failure, ['day'])).toEqual(['Chưa có năm sinh. Ghi năm sinh.']);
});
