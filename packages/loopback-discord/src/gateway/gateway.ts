import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { GatewayCloseCodes, GatewayDispatchEvents, GatewayOpcodes } from 'discord-api-types/v10';
import type {
  GatewayIdentifyData,
  GatewayPresenceUpdateData,
  GatewayResumeData,
} from 'discord-api-types/v10';
import { assume } from 'loopback-kit';
import type { TypedEvents } from 'loopback-kit';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

import type { DiscordEvents } from '../journal/events.js';
import type { Journal } from '../journal/journal.js';
import type { Tokens } from '../world/tokens.js';
import type { World } from '../world/world.js';
import { FINAL_CODES, loginRefusal } from './close-codes.js';
import { greet, sendTo } from './connection.js';
import { Session } from './session.js';
import type { Dispatch } from './session.js';
import { welcome } from './welcome.js';

const MAX_ACTIVITY_NAME = 128;

export interface GatewayParts {
  readonly world: World;
  readonly tokens: Tokens;
  readonly events: TypedEvents<DiscordEvents>;
  readonly journal: Journal;
  /** `ws://127.0.0.1:PORT` */
  readonly url: string;
  readonly heartbeatIntervalMs: number;
}

/** The websocket side: logins, sequences, replay. */
export class Gateway {
  readonly sessions = new Map<string, Session>();
  identifies = 0;
  resumes = 0;
  presence: GatewayPresenceUpdateData | undefined;
  /** New connections are dropped before the handshake. */
  refusing = false;
  /** Heartbeats get no answer, as on a connection that is dead without knowing it. */
  deaf = false;
  /** A login with one of these bits is closed with 4014. */
  disallowedIntents = 0;
  /** A login with fewer shards than these is closed with 4011. */
  demandedShards = 1;
  /** Sent instead of what READY should hold. */
  readyInstead: object | null = null;
  #invalidated = false;
  readonly #parts: GatewayParts;
  readonly #server = new WebSocketServer({ noServer: true });

  constructor(parts: GatewayParts) {
    this.#parts = parts;
    this.#server.on('connection', (socket: WebSocket) => {
      const { events, journal, heartbeatIntervalMs } = parts;
      greet(socket, { gateway: this, events, journal, heartbeatIntervalMs });
    });
  }

  get connected(): readonly Session[] {
    return [...this.sessions.values()].filter(({ socket }) => socket !== undefined);
  }

  /** Whether every shard of the bot is connected. */
  get complete(): boolean {
    const { connected } = this;
    const shards = new Set(connected.map(({ shard: [id] }) => id));
    return shards.size > 0 && shards.size >= (connected.at(-1)?.shard[1] ?? 1);
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.refusing) {
      socket.destroy();
      this.#parts.events.emit('refused', {});
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (opened) =>
      this.#server.emit('connection', opened, request),
    );
  }

  dispatch(dispatch: Dispatch): void {
    for (const session of this.sessions.values()) session.offer(dispatch);
  }

  /** Cuts every connection without a word. */
  drop(): void {
    for (const socket of this.#server.clients) socket.terminate();
  }

  sendFrame(text: string): void {
    for (const { socket } of this.connected) socket?.send(text);
  }

  sendEvent(event: string, data: unknown): void {
    for (const session of this.connected) session.send(assume(event), assume(data));
  }

  askToReconnect(): void {
    for (const socket of this.#server.clients) sendTo(socket, GatewayOpcodes.Reconnect, null);
  }

  /** The connections stay open; on the same one, the bot must resume or identify again. */
  invalidate(resumable: boolean): void {
    if (!resumable) this.forget(this.connected);
    for (const session of this.sessions.values()) session.socket = undefined;
    for (const socket of this.#server.clients) sendTo(socket, GatewayOpcodes.InvalidSession, resumable);
  }

  close(code: number, sessions: readonly Session[] = this.connected): void {
    const sockets = sessions.map(({ socket }) => socket);
    if (FINAL_CODES.has(code)) this.forget(sessions);
    for (const socket of sockets) socket?.close(code);
  }

  /** Closes the sessions of a token that is no longer accepted. */
  closeToken(token: string): void {
    const sessions = this.connected.filter((session) => session.token === token);
    this.close(GatewayCloseCodes.AuthenticationFailed, sessions);
  }

  /** The server loses these sessions: a resume is refused, and the bot must identify again. */
  forget(sessions: readonly Session[] = [...this.sessions.values()]): void {
    this.#invalidated = true;
    for (const session of sessions) this.end(session);
  }

  stop(): void {
    this.drop();
    this.#server.close();
  }

  /** Forgets a session. */
  end(session: Session): void {
    this.sessions.delete(session.id);
    session.socket = undefined;
  }

  /** Begins a session, or closes the connection with the reason. */
  identify(
    socket: WebSocket,
    { token, intents, presence, shard = [0, 1] }: GatewayIdentifyData,
  ): Session | undefined {
    const { tokens, world, events, url } = this.#parts;
    const bot = world.users.get(tokens.botOf(token) ?? '');
    if (!bot) {
      socket.close(GatewayCloseCodes.AuthenticationFailed);
      return undefined;
    }
    const refusal = loginRefusal({ intents, shard }, this);
    if (refusal !== undefined) {
      socket.close(refusal);
      return undefined;
    }
    // A session without a connection that the same shard did not resume is never resumed.
    for (const old of this.sessions.values())
      if (!old.socket && old.bot === bot && old.shard[0] === shard[0]) this.end(old);
    const session = new Session({ token, bot, intents, shard });
    session.socket = socket;
    this.sessions.set(session.id, session);
    this.identifies += 1;
    if (presence) this.show(presence);
    const { id: sessionId } = session;
    events.emit('identify', {
      sessionId,
      bot,
      intents,
      shard,
      presence,
      afterInvalidation: this.#invalidated,
    });
    this.#invalidated = false;
    if (this.readyInstead) session.send(GatewayDispatchEvents.Ready, this.readyInstead);
    else welcome(session, world, url);
    events.emit('ready', { sessionId });
    return session;
  }

  /** Goes on with a session, or says that it must begin anew. */
  resume(socket: WebSocket, { token, session_id: id, seq }: GatewayResumeData): Session | undefined {
    const { tokens, events } = this.#parts;
    if (tokens.botOf(token) === undefined) {
      socket.close(GatewayCloseCodes.AuthenticationFailed);
      return undefined;
    }
    const session = this.sessions.get(id);
    if (session && session.bot.id === tokens.botOf(token)) {
      session.token = token;
      session.socket?.terminate();
      session.socket = socket;
      const replayed = session.replay(seq);
      if (replayed !== undefined) {
        session.send(GatewayDispatchEvents.Resumed, {});
        this.resumes += 1;
        events.emit('resume', { sessionId: id, replayed });
        return session;
      }
      this.end(session);
    }
    this.#invalidated = true;
    sendTo(socket, GatewayOpcodes.InvalidSession, false);
    return undefined;
  }

  show(presence: GatewayPresenceUpdateData): void {
    for (const { name } of presence.activities)
      if (name.length === 0 || name.length > MAX_ACTIVITY_NAME)
        this.#parts.journal.violation('gateway', `an activity name of ${name.length} characters`);
    this.presence = presence;
    this.#parts.events.emit('presence', presence);
  }
}
