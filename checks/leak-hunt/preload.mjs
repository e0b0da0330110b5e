// Loaded into the bot before its own code (`node --import`), to do there what careless code would do with secrets. On
// SIGUSR2 it reads an order from a file, and carries it out with each text in it.
import { readFileSync } from 'node:fs';
import { debuglog } from 'node:util';

import { container } from '@sapphire/framework';

/* oxlint-disable no-console -- careless code prints to the console */

/** An error that carries the text wherever errors carry texts. */
function nestedError(text) {
  const error = new Error(`it failed with ${text}`, { cause: new TypeError(`because of ${text}`) });
  return Object.assign(error, {
    code: text,
    request: {
      headers: { authorization: `Bearer ${text}` },
      url: `https://example.com/?q=${encodeURIComponent(text)}`,
      body: JSON.stringify({ key: text, nested: JSON.stringify({ key: text }) }),
    },
    basic: Buffer.from(`user:${text}`).toString('base64'),
    hex: Buffer.from(text).toString('hex'),
    bytes: Buffer.from(text),
    entries: new Map([[text, [text]]]),
  });
}

function subscribe(notify) {
  container.config.live.on(['BOT_ACTIVITY'], notify, { name: 'careless subscriber' });
}

const ACTIONS = {
  debug: (text) => {
    container.client.emit('debug', `Provided token: ${text}`);
    container.client.emit('debug', `[WS] ${JSON.stringify({ token: text })}`);
  },
  warn: (text) => container.client.emit('warn', `odd: ${text}`),
  error: (text) => container.client.emit('error', nestedError(text)),
  'shard error': (text) => container.client.emit('shardError', nestedError(text), 0),
  logger: (text) => {
    container.logger.info(text, { text, nested: { list: [text] } });
    container.logger.error('odd:', nestedError(text), text);
  },
  console: (text) => {
    console.log({ text, nested: { list: [text] } });
    console.error(nestedError(text));
    process.stdout.write(Buffer.from(`${text}\n`));
    process.stderr.write(`${JSON.stringify(text)}\n`);
  },
  debuglog: (text) => debuglog('leak-hunt')('debugging', { text, list: [text] }),
  'process warning': (text) => process.emitWarning(`odd: ${text}`, { detail: text }),
  subscriber: (text) => {
    subscribe(() => {
      throw nestedError(text);
    });
    // oxlint-disable-next-line prefer-promise-reject-errors -- careless
    subscribe(() => Promise.reject(text));
  },
  command: (text) => {
    container.stores.get('commands').get('config-help').chatInputRun = () =>
      Promise.reject(nestedError(text));
  },
  throw: (text) =>
    setImmediate(() => {
      throw nestedError(text);
    }),
  'throw a string': (text) =>
    setImmediate(() => {
      // oxlint-disable-next-line no-throw-literal -- careless
      throw text;
    }),
  reject: (text) => setImmediate(() => void Promise.reject(nestedError(text))),
  // oxlint-disable-next-line prefer-promise-reject-errors -- careless
  'reject with an object': (text) => setImmediate(() => void Promise.reject({ token: text, text: [text] })),
};

process.on('SIGUSR2', () => {
  const { action, texts, number } = JSON.parse(readFileSync(process.env.LEAK_HUNT_ORDER, 'utf8'));
  for (const text of texts) ACTIONS[action](text);
  console.log(`order ${number} has been carried out`);
});
