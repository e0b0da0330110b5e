import { expect, it } from 'vitest';

import { deadline } from '../../../../src/lib/assistant/model/deadline.js';
import {
  Meter,
  type ModelRequest,
  tokensOfSound,
  tokensOfText,
} from '../../../../src/lib/assistant/model/meter.js';
import { ModelError } from '../../../../src/lib/assistant/model/model-error.js';

function metered(use: (meter: Meter) => void): ModelRequest {
  const ended: ModelRequest[] = [];
  use(new Meter('chat', '1', (request) => ended.push(request)));
  const [request, ...others] = ended;
  if (request === undefined || others.length > 0) throw new Error(`${String(ended.length)} reports`);
  return request;
}

it('a request is reported once, with what it came to', () => {
  const request = metered((meter) => {
    meter.send(10);
    meter.receive(0.5);
    meter.receive(0.6);
    meter.end('answered');
    meter.end({ error: new Error('too late') });
  });
  const tokens = { input: 10, output: 2 };
  expect(request).toMatchObject({ kind: 'chat', userId: '1', outcome: 'answered', tokens, estimated: true });
  expect(request.durationMs).toBeGreaterThanOrEqual(0);
});

it.each([
  [{ prompt_tokens: 5, completion_tokens: 7 }, { input: 5, output: 7 }, false],
  [{ input_tokens: 5, output_tokens: 7 }, { input: 5, output: 7 }, false],
  [{ type: 'duration', seconds: 3 }, { input: 30, output: 2 }, true],
  [{ prompt_tokens: 0, completion_tokens: 0 }, { input: 1, output: 2 }, true],
  [{ prompt_tokens: -1, completion_tokens: 'x' }, { input: 1, output: 2 }, true],
  [null, { input: 1, output: 2 }, true],
])('a report of %j counts as far as it makes sense', (usage, tokens, estimated) => {
  const request = metered((meter) => {
    meter.send(1);
    meter.receive(2);
    meter.takeReport(usage);
    meter.end('answered');
  });
  expect(request).toMatchObject({ tokens, estimated });
});

it('a request that no service has taken costs nothing, but one that was given up does', () => {
  const failing = (aborted: boolean) =>
    metered((meter) => {
      meter.send(5);
      const time = deadline(60);
      if (aborted) time.interrupt();
      const error = new ModelError('unreachable');
      expect(meter.fail(error, time)).toBe(error);
      time.stop();
    });
  expect(failing(false)).toMatchObject({ outcome: 'unreachable', tokens: { input: 0, output: 0 } });
  expect(failing(true)).toMatchObject({ tokens: { input: 5, output: 0 } });
  expect(metered((meter) => meter.end({ error: new TypeError('ours') })).outcome).toBe('failed');
});

it('tokens are estimated by the size of what was said', () => {
  expect(tokensOfText('four letters')).toBe(3);
  expect(tokensOfText('你好')).toBe(1.5);
  expect(tokensOfSound(16_000)).toBe(10);
});
