// Leaving a page with something typed but not saved asks first.
import { beforeNavigate } from '$app/navigation';
import { t } from '$lib/i18n/index.svelte';

/** To be called while a component starts. */
export function askBeforeLeaving(isUnsaved: () => boolean): void {
  beforeNavigate((navigation) => {
    if (!isUnsaved()) return;
    // The browser itself asks when the tab is closed.
    if (navigation.type === 'leave' || !confirm(t('activity_edit.leave'))) navigation.cancel();
  });
}
