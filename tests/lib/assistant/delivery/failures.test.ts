import { describe, expect, it } from 'vitest';

import { describeFailure, sentenceOf } from '../../../../src/lib/assistant/delivery/failures.js';
import { Refusal } from '../../../../src/lib/assistant/delivery/refusal.js';
import { ModelError } from '../../../../src/lib/assistant/model/model-error.js';

describe('a failure', () => {
  it.each([
    [new ModelError('declined'), 'The model declined to answer that.'],
    [new Refusal('That recording is too large.'), 'That recording is too large.'],
    [new Error('ECONNRESET'), "Something went wrong. Details are in the bot's log."],
  ])('of %s is told to the asker in a sentence', (error, sentence) => {
    expect(sentenceOf(error)).toContain(sentence);
  });

  it('is described for the log without what was said', () => {
    const error = Object.assign(new RangeError('Missing Access'), { requestBody: 'what somebody said' });
    expect(describeFailure(error)).toBe('RangeError: Missing Access');
    expect(describeFailure(new ModelError('failing', 503))).toBe('failing (status 503)');
    expect(describeFailure('what somebody said')).toBe('something other than an error was thrown');
  });
});
