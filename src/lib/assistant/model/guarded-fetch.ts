import { ModelError } from './model-error.js';

/** In bytes. */
export interface BodyLimits {
  /** Of a body that is kept: an error, a transcription. More than the longest answer that is shown. */
  readonly whole: number;
  /** Of one line of an answer that comes in as a stream, which is kept until its end. */
  readonly line: number;
  /** Of all of that stream, of which only the text is kept. */
  readonly stream: number;
}

const MIB = 1024 * 1024;
const LIMITS: BodyLimits = { whole: MIB, line: MIB, stream: 64 * MIB };

const MAX_REDIRECTS = 3;
const NEWLINE = 0x0a;

/**
 * A `fetch` for services that may send anything: no body is read beyond its limit, and what was asked goes nowhere but
 * to the origin that the operator has named. Sound is left to its reader, which has a limit of its own.
 */
export function guardedFetch(limits: BodyLimits = LIMITS): typeof fetch {
  return async (input, init) => {
    const response = await fetchThere(input, init);
    const { body, status, statusText, headers } = response;
    const type = headers.get('content-type') ?? '';
    if (body === null || (response.ok && /^(audio\/|application\/octet-stream)/i.test(type))) return response;
    const streamed = response.ok && !/[/+]json\b/i.test(type);
    const bounded = body.pipeThrough(streamed ? boundedLines(limits) : boundedWhole(limits.whole));
    return new Response(bounded, { status, statusText, headers });
  };
}

/** Follows a redirection that keeps the method and stays at its origin; any other is the answer. */
async function fetchThere(...[input, init]: Parameters<typeof fetch>): Promise<Response> {
  let url = new URL(input instanceof Request ? input.url : input);
  for (let redirects = 0; ; redirects++) {
    const response = await fetch(redirects === 0 ? input : url, { ...init, redirect: 'manual' });
    const location = response.headers.get('location');
    if ((response.status !== 307 && response.status !== 308) || location === null) return response;
    if (redirects === MAX_REDIRECTS || !URL.canParse(location, url.href)) return response;
    const next = new URL(location, url);
    if (next.origin !== url.origin) return response;
    await response.body?.cancel();
    url = next;
  }
}

type Bytes = TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;

function boundedWhole(limit: number): Bytes {
  let size = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.length;
      if (size > limit) controller.error(new ModelError('endless'));
      else controller.enqueue(chunk);
    },
  });
}

function boundedLines({ line: longest, stream }: BodyLimits): Bytes {
  let size = 0;
  let line = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      size += chunk.length;
      const newline = chunk.lastIndexOf(NEWLINE);
      line = newline === -1 ? line + chunk.length : chunk.length - newline - 1;
      if (size > stream || line > longest) controller.error(new ModelError('endless'));
      else controller.enqueue(chunk);
    },
  });
}
