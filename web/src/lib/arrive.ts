/** Lets the eyes, the keyboard and screen readers go on from a part of the screen that has just come. */
export function arriveAt(element: HTMLElement | undefined): void {
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'start' });
}
