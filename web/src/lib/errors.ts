// What a failure is called in front of people: by its code, else by its status.
import { ApiError, type ErrorDetail } from '$lib/api/error';
import { i18n, t } from '$lib/i18n/index.svelte';

export { ApiError } from '$lib/api/error';

/** One sentence that says what went wrong. */
export function errorText(error: unknown): string {
  if (error instanceof DOMException && error.name === 'NotReadableError') return t('error.file_changed');
  if (!(error instanceof ApiError)) return t('error.unexpected');
  return (
    i18n.find(`error.${error.code}`) ??
    (i18n.locale === 'vi' && error.message ? error.message : undefined) ??
    i18n.find(`error.http.${error.status}`) ??
    error.message ??
    t('error.unexpected')
  );
}

/** One particular: what is wrong and how to mend it. The server has no English text for some. */
function detailText(detail: ErrorDetail): string {
  const english = i18n.locale === 'en' ? detail.message_en : undefined;
  return english ?? [detail.message, detail.fix].filter(Boolean).join(' ');
}

/** The particulars that belong to no field of `shown`. */
export function errorDetails(error: unknown, shown: string[] = []): string[] {
  if (!(error instanceof ApiError)) return [];
  return error.details
    .filter((one) => !(one.field && shown.includes(one.field)))
    .map((one) => (one.message === errorText(error) ? one.fix : detailText(one)))
    .filter(Boolean);
}

/** The message for the field `name` of a form, if the failure names it. */
export function fieldError(error: unknown, name: string): string | undefined {
  const detail = error instanceof ApiError ? error.field(name) : undefined;
  return detail && detailText(detail);
}
