import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type {
  GatewayIdentifyData,
  GatewayPresenceUpdateData,
  GatewayResumeData,
  GatewaySendPayload,
} from 'discord-api-types/v10';
import { assume } from 'loopback-kit';
import type { TypedEvents } from 'loopback-kit';
import type { WebSocket } from 'ws';

import type { DiscordEvents } from '../journal/events.js';
import type { Journal } from '../journal/journal.js';
import type { Session } from './session.js';

/** Discord's limit for one payload, in bytes. */
const MAX_PAYLOAD = 4096;

/** What becomes of the payloads of a connection. */
interface Sessions {
  readonly deaf: boolean;
  identify(socket: WebSocket, data: GatewayIdentifyData): Session | undefined;
  resume(socket: WebSocket, data: GatewayResumeData): Session | undefined;
  show(presence: GatewayPresenceUpdateData): void;
  end(session: Session): void;
}

interface ConnectionParts {
  readonly gateway: Sessions;
  readonly events: TypedEvents<DiscordEvents>;
  readonly journal: Journal;
  readonly heartbeatIntervalMs: number;
}

/** Says HELLO, and answers what the bot sends until the connection ends. */
export function greet(socket: WebSocket, parts: ConnectionParts): void {
  const { gateway, events, journal, heartbeatIntervalMs } = parts;
  let session: Session | undefined;
  // A peer that vanishes is an ordinary end, told by 'close'.
  socket.on('error', () => undefined);
  socket.on('close', (code) => {
    if (session?.socket === socket) {
      session.socket = undefined;
      if (code === 1000 || code === 1001) gateway.end(session);
    }
    events.emit('disconnect', { sessionId: session?.id, code });
  });
  socket.on('message', (bytes: Buffer) => {
    const text = bytes.toString('utf8');
    try {
      if (bytes.length > MAX_PAYLOAD) throw new RangeError(`${bytes.length} bytes`);
      const payload = assume<GatewaySendPayload>(JSON.parse(text));
      journal.received(payload, text);
      const own = session?.socket === socket ? session : undefined;
      session = receive(socket, own, payload, parts) ?? session;
    } catch (error) {
      journal.violation('gateway', `a payload that cannot be understood: ${String(error)}`);
      socket.close(GatewayCloseCodes.DecodeError);
    }
  });
  sendTo(socket, GatewayOpcodes.Hello, { heartbeat_interval: heartbeatIntervalMs });
}

/** Returns the session that the connection has from now on. */
function receive(
  socket: WebSocket,
  session: Session | undefined,
  payload: GatewaySendPayload,
  { gateway, journal }: ConnectionParts,
): Session | undefined {
  if (payload.op === GatewayOpcodes.Heartbeat) {
    if (!gateway.deaf) sendTo(socket, GatewayOpcodes.HeartbeatAck, null);
    return session;
  }
  if (payload.op === GatewayOpcodes.Identify || payload.op === GatewayOpcodes.Resume) {
    if (session) {
      socket.close(GatewayCloseCodes.AlreadyAuthenticated);
      return session;
    }
    if (payload.op === GatewayOpcodes.Resume) return gateway.resume(socket, payload.d);
    return gateway.identify(socket, payload.d);
  }
  if (!session) socket.close(GatewayCloseCodes.NotAuthenticated);
  else if (payload.op === GatewayOpcodes.PresenceUpdate) gateway.show(payload.d);
  else {
    journal.violation('unsupported', `gateway opcode ${payload.op}`);
    socket.close(GatewayCloseCodes.UnknownOpcode);
  }
  return session;
}

export function sendTo(socket: WebSocket, op: GatewayOpcodes, data: unknown): void {
  socket.send(JSON.stringify({ op, d: data, s: null, t: null }));
}
