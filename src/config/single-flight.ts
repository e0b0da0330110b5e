interface Batch<Request, Result> {
  readonly lane: string;
  readonly requests: [Request, ...Request[]];
  readonly result: Promise<Result>;
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * Runs one job at a time. Requests made while a job runs share the one that follows it, so each request gets the
 * result of a run that began after it was made, and a thousand requests cost two runs.
 */
export class SingleFlight<Request, Result> {
  readonly #waiting: Batch<Request, Result>[] = [];
  #busy = false;

  /** Requests in the same `lane` can share a run; runs of different lanes still never overlap. */
  public constructor(
    private readonly run: (requests: readonly [Request, ...Request[]]) => Promise<Result>,
    private readonly lane: (request: Request) => string,
  ) {}

  /** Resolves or rejects as the run that serves this request does. */
  public request(request: Request): Promise<Result> {
    const lane = this.lane(request);
    let batch = this.#waiting.find((waiting) => waiting.lane === lane);
    if (batch === undefined) {
      batch = newBatch(lane, request);
      this.#waiting.push(batch);
    } else {
      batch.requests.push(request);
    }
    if (!this.#busy) void this.#drain();
    return batch.result;
  }

  async #drain(): Promise<void> {
    this.#busy = true;
    for (let batch = this.#waiting.shift(); batch !== undefined; batch = this.#waiting.shift()) {
      try {
        batch.resolve(await this.run(batch.requests));
      } catch (error) {
        batch.reject(error);
      }
    }
    this.#busy = false;
  }
}

function newBatch<Request, Result>(lane: string, request: Request): Batch<Request, Result> {
  let resolve!: (result: Result) => void;
  let reject!: (reason: unknown) => void;
  // Promise.withResolvers is not in Node 20.
  const result = new Promise<Result>((resolveResult, rejectResult) => {
    resolve = resolveResult;
    reject = rejectResult;
  });
  return { lane, requests: [request], result, resolve, reject };
}
