interface Batch<Request, Result> {
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
  #waiting: Batch<Request, Result> | null = null;
  #running: Promise<void> | null = null;

  public constructor(private readonly run: (requests: readonly [Request, ...Request[]]) => Promise<Result>) {}

  /** Resolves or rejects as the run that serves this request does. */
  public request(request: Request): Promise<Result> {
    if (this.#waiting === null) this.#waiting = newBatch(request);
    else this.#waiting.requests.push(request);
    const { result } = this.#waiting;
    this.#running ??= this.#drain();
    return result;
  }

  /** Resolves when nothing runs or waits. */
  public async idle(): Promise<void> {
    await this.#running;
  }

  async #drain(): Promise<void> {
    for (let batch = this.#waiting; batch !== null; batch = this.#waiting) {
      this.#waiting = null;
      try {
        batch.resolve(await this.run(batch.requests));
      } catch (error) {
        batch.reject(error);
      }
    }
    this.#running = null;
  }
}

function newBatch<Request, Result>(request: Request): Batch<Request, Result> {
  let resolve!: (result: Result) => void;
  let reject!: (reason: unknown) => void;
  // Promise.withResolvers is not in Node 20.
  const result = new Promise<Result>((resolveResult, rejectResult) => {
    resolve = resolveResult;
    reject = rejectResult;
  });
  return { requests: [request], result, resolve, reject };
}
