// Short messages about what was just done, with a way to take it back where there is one.

export interface Toast {
  id: number;
  text: string;
  tone: 'done' | 'late';
  undo?: () => void | Promise<void>;
}

class Toasts {
  list = $state<Toast[]>([]);
  #next = 1;

  /** Shows a message; the answer is its id, by which it can be taken away early. */
  add(text: string, options: { tone?: Toast['tone']; undo?: Toast['undo'] } = {}): number {
    const toast: Toast = { id: this.#next++, text, tone: options.tone ?? 'done', undo: options.undo };
    this.list = [...this.list.slice(-2), toast];
    setTimeout(() => this.remove(toast.id), options.undo ? 10_000 : 5_000);
    return toast.id;
  }

  remove(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
