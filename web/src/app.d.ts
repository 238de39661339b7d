declare global {
  namespace App {
    interface PageState {
      /** Set while a dialog opened over a screen is part of the history. */
      dialog?: string;
    }
  }
}

export {};
