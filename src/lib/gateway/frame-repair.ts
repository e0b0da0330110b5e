import { GatewayDispatchEvents, GatewayOpcodes } from 'discord.js';

/** What Discord asks for when it says nothing that can be used, in milliseconds. */
const HEARTBEAT_INTERVAL_MS = 41_250;
/** Beats that follow each other faster than this would flood the connection. */
const MIN_HEARTBEAT_INTERVAL_MS = 1000;
/** Node's timers fire at once when they are asked to wait longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const EVENT_NAME = /^[A-Z][A-Z_]*$/;

type Json = Readonly<Record<string, unknown>>;

/** A frame of the gateway that discord.js can be given, and what was wrong with it. */
export interface Repaired {
  /** `null` when there is nothing in it to go on with. */
  readonly frame: Json | null;
  /** `null` when nothing was. */
  readonly complaint: string | null;
}

/**
 * Makes sure of all that discord.js takes for granted in a frame before any listener sees it. A mistake there would
 * end the process, since nobody awaits what discord.js does with a frame. What is wrong inside other events is left
 * to whoever reads them.
 */
export function repairFrame(frame: unknown): Repaired {
  if (!isObject(frame)) return frame === null ? fine(null) : unusable('a frame that is not an object');
  const { op } = frame;
  if (op === GatewayOpcodes.Dispatch) return repairDispatch(frame);
  if (op === GatewayOpcodes.InvalidSession && typeof frame['d'] !== 'boolean')
    return { frame: { ...frame, d: false }, complaint: 'an InvalidSession frame without its data' };
  if (op === GatewayOpcodes.Hello && !isInterval(frame['d'])) {
    const d = { heartbeat_interval: HEARTBEAT_INTERVAL_MS };
    return { frame: { ...frame, d }, complaint: 'a Hello frame without a usable heartbeat interval' };
  }
  return fine(frame);
}

function repairDispatch(frame: Json): Repaired {
  const { t, d, s } = frame;
  if (typeof t !== 'string' || !EVENT_NAME.test(t)) return unusable('an event without a name');
  const isReady: string = GatewayDispatchEvents.Ready;
  if (t === isReady && !isUsableReady(d)) return unusable('a READY event that lacks what a session needs');
  if (typeof s === 'number' && Number.isSafeInteger(s)) return fine(frame);
  // Taken over, a wrong number would make Discord refuse the next resume.
  return { frame: { ...frame, s: null }, complaint: `a ${t} event without a sequence number` };
}

function isUsableReady(data: unknown): boolean {
  if (!isObject(data)) return false;
  const { session_id: id, resume_gateway_url: url, user, application, guilds } = data;
  return (
    typeof id === 'string' &&
    typeof url === 'string' &&
    /^wss?:/i.test(url) &&
    URL.canParse(url) &&
    hasId(user) &&
    hasId(application) &&
    Array.isArray(guilds) &&
    guilds.every(hasId)
  );
}

function isInterval(data: unknown): boolean {
  if (!isObject(data)) return false;
  const { heartbeat_interval: ms } = data;
  return typeof ms === 'number' && ms >= MIN_HEARTBEAT_INTERVAL_MS && ms <= MAX_TIMER_MS;
}

function hasId(value: unknown): boolean {
  return isObject(value) && typeof value['id'] === 'string';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fine(frame: Json | null): Repaired {
  return { frame, complaint: null };
}

function unusable(complaint: string): Repaired {
  return { frame: null, complaint };
}
