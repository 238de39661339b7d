// A value that a screen loads: what it is, whether it is on its way, and what went wrong.
import { untrack } from 'svelte';

export class Query<T> {
  value = $state.raw<T>();
  error = $state.raw<unknown>();
  loading = $state(true);
  readonly #load: () => Promise<T>;
  #run = 0;

  /** Made while a component starts. Loads again whenever something that `load` reads at once has changed. */
  constructor(load: () => Promise<T>) {
    this.#load = load;
    $effect(() => {
      void this.#take(load());
    });
  }

  /** Loads again, keeping the old value in sight. */
  reload = (): Promise<void> => untrack(() => this.#take(this.#load()));

  async #take(promise: Promise<T>): Promise<void> {
    const run = ++this.#run;
    untrack(() => {
      this.loading = true;
      this.error = undefined;
    });
    try {
      const value = await promise;
      if (run === this.#run) this.value = value;
    } catch (error) {
      if (run === this.#run) this.error = error;
    } finally {
      if (run === this.#run) this.loading = false;
    }
  }
}
