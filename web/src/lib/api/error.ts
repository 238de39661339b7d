// What the server says when it refuses.
import type { components } from './schema';

export type ErrorDetail = components['schemas']['ApiFault'];
export type ErrorBody = Required<components['schemas']['ApiError']>;

export class ApiError extends Error {
  readonly code: string;
  readonly details: ErrorDetail[];

  constructor(
    readonly status: number,
    body: ErrorBody,
  ) {
    super(body.message);
    this.name = 'ApiError';
    this.code = body.code;
    this.details = body.details;
  }

  /** The fault of one field of a form. */
  field(name: string): ErrorDetail | undefined {
    return this.details.find((one) => one.field === name);
  }
}
