import { assume } from 'loopback-kit';
import { beforeEach, describe, expect, it } from 'vitest';

import type { BotCommands } from '../../../checks/torture/bot-commands.js';
import { FaultInjector } from '../../../checks/torture/fault-injector.js';
import { Ledger } from '../../../checks/torture/ledger.js';
import type { FaultKind } from '../../../checks/torture/plan.js';
import type { TorturedBot } from '../../../checks/torture/tortured-bot.js';

let calls: unknown[];
let commands: { sessionLost: boolean; pending: boolean };
let status: { connected: boolean };
let ledger: Ledger;
let logIn: () => void;
let injector: FaultInjector;

function on(_: string, listen: () => void): void {
  logIn = listen;
}

beforeEach(() => {
  calls = [];
  commands = { sessionLost: false, pending: false };
  status = { connected: true };
  ledger = new Ledger();
  const armed = (name: string) => () => {
    calls.push(name);
    return { hits: 2, cancel: () => calls.push(`cancel ${name}`) };
  };
  const faults = {
    rateLimit: armed('rate limit'),
    fail: armed('fail'),
    delay: armed('delay'),
    dropGateway: () => calls.push('drop'),
    askToReconnect: () => calls.push('reconnect'),
    invalidateSessions: (options: object) => calls.push(options),
  };
  const bot = assume<TorturedBot>({ discord: { faults, bot: status, on } });
  injector = new FaultInjector(bot, assume<BotCommands>(commands), ledger);
});

function inject(fault: FaultKind): void {
  injector.inject({ kind: 'fault', fault, times: 1, seconds: 0.1 });
}

describe('a fault of REST', () => {
  it('is counted as often as it struck, and ends when the next one begins', () => {
    inject('429');
    inject('slow REST');
    injector.settle();
    injector.settle();
    expect(calls).toEqual(['rate limit', 'delay', 'cancel rate limit', 'cancel delay']);
    expect(ledger.counted('faults')).toEqual({ '429': 2, 'slow REST': 2 });
  });
});

describe('a fault of the gateway', () => {
  it.each<[FaultKind, unknown]>([
    ['connection dropped', 'drop'],
    ['reconnect requested', 'reconnect'],
    ['session invalidated, resumable', { resumable: true }],
    ['session invalidated', { resumable: false }],
  ])('strikes at once: %s', (kind, call) => {
    inject(kind);
    expect(calls).toEqual([call]);
    expect(ledger.counted('faults')).toEqual({ [kind]: 1 });
  });

  it('keeps commands back from the loss of a session until the next login', () => {
    inject('session invalidated');
    expect(commands.sessionLost).toBe(true);
    logIn();
    expect(commands.sessionLost).toBe(false);
  });

  it('spares a bot that is offline, and a session that a command is on its way to', () => {
    commands.pending = true;
    inject('session invalidated');
    status.connected = false;
    inject('connection dropped');
    expect(calls).toEqual([]);
  });
});
