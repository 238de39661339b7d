/** Lets the keyboard reach an element that scrolls sideways; one that is shown whole stays out of the way. */
export function scrollable(node: HTMLElement): { destroy(): void } {
  const fit = () => {
    if (node.scrollWidth > node.clientWidth || node.scrollHeight > node.clientHeight) node.tabIndex = 0;
    else node.removeAttribute('tabindex');
  };
  const watch = new ResizeObserver(fit);
  watch.observe(node);
  if (node.firstElementChild) watch.observe(node.firstElementChild);
  fit();
  return { destroy: () => watch.disconnect() };
}
