// What the server says when it refuses.

export interface ErrorDetail {
  /** The name of the field, for forms. */
  field?: string | null;
  /** Sheet, row or column, for files. */
  where?: string | null;
  message: string;
  /** What to do about it. */
  fix?: string | null;
}

export interface ErrorBody {
  code: string;
  message: string;
  details: ErrorDetail[];
}

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

  /** The message for one field of a form. */
  field(name: string): string | undefined {
    const detail = this.details.find((one) => one.field === name);
    return detail && [detail.message, detail.fix].filter(Boolean).join(' ');
  }
}
