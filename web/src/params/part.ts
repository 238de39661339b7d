// Parts of an activity that have a page of their own.
import { PART_NAMES, type PartName } from '$lib/data/activityParts';

export const match = (param: string): param is PartName => PART_NAMES.some((name) => name === param);
