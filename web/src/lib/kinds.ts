// The words of the catalogue of activity kinds, as `data/activity_kinds.toml` has them.

export const CHANNELS = [
  'direct',
  'mass_media',
  'social_media',
  'visual',
  'training',
  'oversight',
  'giving',
  'digital',
] as const;

/** What a kind may have besides measures. */
export const FLAGS = [
  'sites',
  'languages',
  'attendance_groups',
  'placement_expiry',
  'content',
  'employer',
  'conference',
] as const;
export type Flag = (typeof FLAGS)[number];
