// Names of things that an answer mentions by id only.

/** Asks for the name of each id once; a failure is asked again the next time. */
export function namesOnce(load: (id: string) => Promise<string>): (id: string) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  return (id) => {
    let name = known.get(id);
    if (!name) {
      name = load(id);
      known.set(id, name);
      name.catch(() => known.delete(id));
    }
    return name;
  };
}
