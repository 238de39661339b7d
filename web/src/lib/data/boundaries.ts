// Shapes of admin units for maps.
import type { FeatureCollection, Geometry } from 'geojson';
import type { GeometryCollection, Topology } from 'topojson-specification';
import { client, content } from '$lib/api/client';

export interface UnitProperties {
  id: string;
  code: string;
  name: string;
  full_name?: string;
  /** Code of the province, where the set has communes. */
  province?: string;
}
export type UnitShapes = FeatureCollection<Geometry, UnitProperties>;
export type BoundarySet = 'provinces-63' | 'provinces-2025' | 'communes-2025';

const loaded = new Map<BoundarySet, Promise<UnitShapes>>();

/** The shapes of one set, fetched once. */
export function boundariesGet(set: BoundarySet): Promise<UnitShapes> {
  let shapes = loaded.get(set);
  if (!shapes) {
    shapes = Promise.all([
      content(client.GET('/api/v1/boundaries/{set}', { params: { path: { set } } })) as Promise<unknown>,
      import('topojson-client'),
    ]).then(([answer, { feature }]) => {
      const topology = answer as Topology;
      const object = Object.values(topology.objects)[0] as GeometryCollection<UnitProperties>;
      const shapes = feature(topology, object) as UnitShapes;
      // The set of communes carries codes only; a unit of the structure of 2025 is `new-` and its code.
      for (const one of shapes.features) one.properties.id ??= `new-${one.properties.code}`;
      return shapes;
    });
    loaded.set(set, shapes);
    shapes.catch(() => loaded.delete(set));
  }
  return shapes;
}
