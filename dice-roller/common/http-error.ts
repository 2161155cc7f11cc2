/** One bad parameter of a request: where it stands, what is wrong, what was given. */
export interface ParameterProblem {
  readonly type: string;
  readonly loc: readonly [string, string];
  readonly msg: string;
  readonly input: unknown;
}

/** An answer other than 2xx, thrown by a route; its body is `{"detail": …}`. */
export class HttpError extends Error {
  readonly status: number;
  readonly detail: string | readonly ParameterProblem[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: HttpError['detail'], headers: Readonly<Record<string, string>> = {}) {
    super(typeof detail === 'string' ? detail : detail.map((problem) => problem.msg).join('; '));
    this.status = status;
    this.detail = detail;
    this.headers = headers;
  }
}
