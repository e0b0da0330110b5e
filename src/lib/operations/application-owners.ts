import { TeamMemberMembershipState, TeamMemberRole } from 'discord.js';

/** How long Discord's word on who owns the application is believed without asking again. */
const BELIEVED_MS = 600_000;

/** How long a failed question is not repeated. */
const FAILED_MS = 60_000;

/** What Discord says of an application. */
export interface ApplicationFacts {
  /** Its owner, or the members of its team who may act for it. */
  readonly ownerIds: readonly string[];
  /** Whether strangers can add the bot to their servers. */
  readonly isPublic: boolean;
}

/** Nothing is known, so nobody is let in over it. */
const UNKNOWN: ApplicationFacts = { ownerIds: [], isPublic: true };

export interface ApplicationOwnersOptions {
  /** Asks Discord for the application; rejects when there is no answer. */
  readonly ask: () => Promise<unknown>;
  readonly onFailure: (error: unknown) => void;
  /** Milliseconds from an arbitrary start. */
  readonly now: () => number;
}

/**
 * Remembers who owns the application, and that Discord did not say, so that nobody can make the bot ask each time.
 * Asks again after a while: teams change, and who has left one must not get in once more.
 */
export class ApplicationOwners {
  #facts = UNKNOWN;
  #askAgainAt = -Infinity;
  #asking: Promise<void> | null = null;

  public constructor(private readonly options: ApplicationOwnersOptions) {}

  /** What is known, asked for first when that is due. Never rejects; without an answer, what was known stays. */
  public async know(): Promise<ApplicationFacts> {
    if (this.options.now() >= this.#askAgainAt) {
      this.#asking ??= this.#ask();
      await this.#asking;
    }
    return this.#facts;
  }

  async #ask(): Promise<void> {
    const { ask, onFailure, now } = this.options;
    try {
      this.#facts = factsOf(await ask());
      this.#askAgainAt = now() + BELIEVED_MS;
    } catch (error) {
      this.#askAgainAt = now() + FAILED_MS;
      onFailure(error);
    } finally {
      this.#asking = null;
    }
  }
}

type Json = Readonly<Record<string, unknown>>;

/** Reads what it needs and no more: servers that are not Discord's own leave out the rest. */
function factsOf(application: unknown): ApplicationFacts {
  if (!isObject(application)) throw new TypeError('the answer is not an application');
  const { owner, team, bot_public: isPublic } = application;
  return { ownerIds: isObject(team) ? membersOf(team) : idOf(owner), isPublic: isPublic !== false };
}

function membersOf({ members }: Json): readonly string[] {
  if (!Array.isArray(members)) return [];
  return members.filter(isObject).flatMap((member) => {
    const { user, role, membership_state: state } = member;
    const readOnly: string = TeamMemberRole.ReadOnly;
    const accepted: number = TeamMemberMembershipState.Accepted;
    return state === accepted && role !== readOnly ? idOf(user) : [];
  });
}

function idOf(user: unknown): readonly string[] {
  return isObject(user) && typeof user['id'] === 'string' ? [user['id']] : [];
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
