import { expect, it } from 'vitest';

import { modelMetrics } from '../../../src/lib/metrics/model-metrics.js';
import { measured } from '../../support/measured.js';

it('times requests by kind and how they ended, and adds up the tokens that they cost', async () => {
  const { instruments, scrape } = measured();
  const ended = modelMetrics(instruments);
  ended({ kind: 'chat', outcome: 'succeeded', durationMs: 1500, tokens: { input: 100, output: 20 } });
  ended({ kind: 'chat', outcome: 'succeeded', durationMs: 500, inputTokens: 50 });
  ended({ kind: 'speech', outcome: 'failed', durationMs: 100, tokens: { input: 0, output: 0 } });
  expect(await scrape()).toMatchObject({
    'model_request_duration_seconds_sum{kind="chat",outcome="succeeded"}': 2,
    'model_request_duration_seconds_count{kind="chat",outcome="succeeded"}': 2,
    'model_request_duration_seconds_bucket{le="1",kind="chat",outcome="succeeded"}': 1,
    'model_request_duration_seconds_count{kind="speech",outcome="failed"}': 1,
    'model_tokens_total{direction="input"}': 150,
    'model_tokens_total{direction="output"}': 20,
  });
});
