// Lists come in pages: the answer says where the next one starts.

export interface Page<T> {
  items: T[];
  next_page: string | null;
}
