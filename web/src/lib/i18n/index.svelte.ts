// Texts of the app: `t('task.acknowledge')`. Vietnamese is compiled in; English is loaded when it is chosen.
import vi from './vi.json';

export type Locale = 'vi' | 'en';
export type TextKey = keyof typeof vi;
type Texts = Partial<Record<TextKey, string>>;

const STORED = 'raquan.locale';

class I18n {
  locale = $state<Locale>('vi');
  #texts = $state.raw<Texts>(vi);

  /** The text for `key`, with `{name}` replaced from `values`. Falls back on Vietnamese. */
  t = (key: TextKey, values?: Record<string, string | number>): string => {
    const text = this.#texts[key] ?? vi[key];
    return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)) : text;
  };

  /** The text for a key put together at run time, such as a state or an error code; `undefined` if there is none. */
  find = (key: string, values?: Record<string, string | number>): string | undefined =>
    key in vi ? this.t(key as TextKey, values) : undefined;

  /** The name of something that the server names in both languages. */
  nameOf = (one: { name_vi: string; name_en: string }): string =>
    this.locale === 'vi' ? one.name_vi : one.name_en;

  async choose(locale: Locale): Promise<void> {
    this.#texts = locale === 'en' ? (await import('./en.json')).default : vi;
    this.locale = locale;
    if (typeof document !== 'undefined') document.documentElement.lang = locale;
    try {
      localStorage.setItem(STORED, locale);
    } catch {
      // A browser that forbids storage simply forgets the choice.
    }
  }

  /** Takes up the language chosen last time on this device. */
  async restore(): Promise<void> {
    let stored: string | null = null;
    try {
      stored = localStorage.getItem(STORED);
    } catch {
      // See above.
    }
    if (stored === 'en') await this.choose('en');
  }
}

export const i18n = new I18n();
export const t = i18n.t;
