import { get } from 'node:http';

import { type Check, reasonOf } from '../../config/index.js';
import { EXIT_FAILURE, EXIT_OK } from './exit-codes.js';
import { findingLines, location } from './findings.js';
import type { Output } from './output.js';

/** How long a bot that turns its event loop may take for an answer. */
const ANSWER_MS = 5000;

const SETTING = 'HTTP_LISTEN';

/** Asks the bot that runs with this configuration how it is, and says what it answers. */
export async function health(
  checked: Check<unknown>,
  path: '/healthz' | '/readyz',
  { output, errors }: { readonly output: Output; readonly errors: Output },
): Promise<number> {
  const address = checked.entries.find(({ key }) => key === SETTING)?.value;
  if (typeof address !== 'string' || address === '') {
    const faults = checked.findings.filter(({ key, severity }) => key === SETTING && severity === 'error');
    const problem = faults.length > 0 ? 'is invalid' : 'is not set';
    errors.lines([
      `${SETTING} ${problem}, so there is nobody to ask`,
      ...findingLines(faults),
      ...location(checked),
    ]);
    return EXIT_FAILURE;
  }
  const url = `http://${reachable(address)}${path}`;
  try {
    const { status, body } = await ask(url);
    output.lines([body.trimEnd()]);
    return status === 200 ? EXIT_OK : EXIT_FAILURE;
  } catch (error) {
    errors.lines([`${url} does not answer: ${reasonOf(error)}`]);
    return EXIT_FAILURE;
  }
}

/** Nobody can be called at the addresses that stand for every interface. */
function reachable(address: string): string {
  return address.replace(/^0\.0\.0\.0:/, '127.0.0.1:').replace(/^\[::\]:/, '[::1]:');
}

/** Through node:http, because `fetch` would go through a proxy that the environment may name. */
function ask(url: string): Promise<{ readonly status: number | undefined; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, signal: AbortSignal.timeout(ANSWER_MS) }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('error', reject);
      response.on('end', () => {
        resolve({ status: response.statusCode, body });
      });
    });
    request.on('error', reject);
  });
}
