// A list that comes page by page.
import { untrack } from 'svelte';
import { Query } from './query.svelte';

export interface Page<T> {
  items: T[];
  next_page?: string | null;
}

export class PagedQuery<T> {
  /** The first page; loads again whenever something has changed that `load` reads at once. */
  readonly first: Query<Page<T>>;
  /** What was loaded behind it. */
  #later = $state.raw<Page<T>>();
  loadingMore = $state(false);
  moreError = $state.raw<unknown>();
  readonly #load: (page?: string) => Promise<Page<T>>;

  /** Made while a component starts. */
  constructor(load: (page?: string) => Promise<Page<T>>) {
    this.#load = load;
    this.first = new Query(() => {
      untrack(() => {
        this.#later = undefined;
        this.moreError = undefined;
      });
      return load();
    });
  }

  get items(): T[] {
    return [...(this.first.value?.items ?? []), ...(this.#later?.items ?? [])];
  }

  get nextPage(): string | null | undefined {
    return this.#later ? this.#later.next_page : this.first.value?.next_page;
  }

  more = async (): Promise<void> => {
    const begin = this.first.value;
    if (!this.nextPage || this.loadingMore) return;
    this.loadingMore = true;
    this.moreError = undefined;
    try {
      const page = await this.#load(this.nextPage);
      // Another question may have been asked meanwhile.
      if (begin === this.first.value)
        this.#later = { items: [...(this.#later?.items ?? []), ...page.items], next_page: page.next_page };
    } catch (error) {
      this.moreError = error;
    } finally {
      this.loadingMore = false;
    }
  };
}
