import { randomBytes } from 'node:crypto';

import { GatewayOpcodes } from 'discord-api-types/v10';
import type { GatewayDispatchEvents } from 'discord-api-types/v10';
import { RingBuffer } from 'loopback-kit';
import type { WebSocket } from 'ws';

import type { Guild, User } from '../world/guild.js';
import { shardOf } from '../world/snowflakes.js';

/** How many dispatches of a session can be replayed; a resume from further back is refused. */
const REPLAYABLE = 5000;

/** One event for every session that may see it. */
export interface Dispatch {
  readonly event: GatewayDispatchEvents;
  readonly data: object;
  /** Where it happened; direct messages and the like belong to shard 0. */
  readonly guild?: Guild | undefined;
  /** A session needs one of these bits; 0 is for everyone. */
  readonly intents: number;
  /** Only for sessions of that bot user. */
  readonly botId?: string;
  /** What a session gets instead when its intents lack `bits`. */
  readonly redacted?: { readonly bits: number; readonly data: object } | undefined;
}

export interface SessionOptions {
  readonly token: string;
  readonly bot: User;
  readonly intents: number;
  readonly shard: readonly [number, number];
}

/** What outlives a connection: the sequence, and the events that a resume replays. */
export class Session {
  readonly id = randomBytes(16).toString('hex');
  /** What it identified with, or resumed with since. */
  token: string;
  readonly bot: User;
  readonly intents: number;
  readonly shard: readonly [number, number];
  /** The connection, while there is one. */
  socket: WebSocket | undefined;
  #sequence = 0;
  readonly #sent = new RingBuffer<{ readonly sequence: number; readonly text: string }>(REPLAYABLE);

  constructor({ token, bot, intents, shard }: SessionOptions) {
    this.token = token;
    this.bot = bot;
    this.intents = intents;
    this.shard = shard;
  }

  /** Whether this session's shard and bot see the guild. */
  sees(guild: Guild): boolean {
    return guild.members.has(this.bot.id) && shardOf(guild.id, this.shard[1]) === this.shard[0];
  }

  /** Sends the event if this session may see it; without a connection it waits for the resume. */
  offer({ event, data, guild, intents, botId, redacted }: Dispatch): void {
    if (intents !== 0 && (this.intents & intents) === 0) return;
    if (botId !== undefined && botId !== this.bot.id) return;
    if (guild ? !this.sees(guild) : this.shard[0] !== 0) return;
    this.send(event, redacted && (this.intents & redacted.bits) === 0 ? redacted.data : data);
  }

  send(event: GatewayDispatchEvents, data: object): void {
    this.#sequence += 1;
    const text = JSON.stringify({ op: GatewayOpcodes.Dispatch, t: event, s: this.#sequence, d: data });
    this.#sent.push({ sequence: this.#sequence, text });
    this.socket?.send(text);
  }

  /** Sends again what came after `sequence`; returns how many, or undefined when it cannot. */
  replay(sequence: number): number | undefined {
    const oldest = this.#sent.items[0]?.sequence ?? 1;
    if (sequence > this.#sequence || sequence < oldest - 1) return undefined;
    const missed = this.#sent.items.filter((sent) => sent.sequence > sequence);
    for (const { text } of missed) this.socket?.send(text);
    return missed.length;
  }
}
