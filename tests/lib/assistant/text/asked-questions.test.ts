import { expect, it } from 'vitest';

import { AskedQuestions } from '../../../../src/lib/assistant/text/asked-questions.js';

it('remembers the last thousand questions by their answers', () => {
  const asked = new AskedQuestions();
  for (let id = 0; id <= 1000; id++)
    asked.remember(String(id), { name: 'alice', text: `question ${String(id)}` });
  expect(asked.answeredBy('0')).toBeNull();
  expect(asked.answeredBy('1')?.text).toBe('question 1');
  expect(asked.answeredBy('1000')?.text).toBe('question 1000');
});
