// Ids are made where a record is made, so that sending it twice is harmless.

/** A UUID of version 7: 48 bits of milliseconds, then chance. */
export function newId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(now / 0x10000));
  view.setUint16(4, now % 0x10000);
  view.setUint8(6, (view.getUint8(6) & 0x0f) | 0x70);
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** One id for the same content sent again, another one once the content has changed. */
export class ContentId {
  #content = '';
  #id = '';

  of(content: unknown): string {
    const written = JSON.stringify(content);
    if (this.#id && this.#content === written) return this.#id;
    this.#content = written;
    return (this.#id = newId());
  }
}
