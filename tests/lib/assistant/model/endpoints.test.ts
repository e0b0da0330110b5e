import { describe, expect, it } from 'vitest';

import { chatEndpoint } from '../../../../src/lib/assistant/model/endpoints.js';
import type { Settings } from '../../../../src/settings.js';

describe('chatEndpoint', () => {
  it.each([
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['http://localhost:11434/v1', 'http://localhost:11434/v1'],
    ['http://me:pass@proxy/ollama', 'http://me:pass@proxy/ollama/v1'],
    ['http://proxy/ollama/?token=t', 'http://proxy/ollama/v1?token=t'],
  ])('finds the API of OpenAI under %s', (OLLAMA_BASE_URL, baseUrl) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the settings that are looked at
    const settings = { TEXT_BACKEND: 'ollama', OLLAMA_BASE_URL, TEXT_MODEL: 'm' } as Settings;
    expect(chatEndpoint(settings)).toMatchObject({ baseUrl });
  });
});
