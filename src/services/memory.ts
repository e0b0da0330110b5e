import { container, type Piece, UserError } from '@sapphire/framework';

import { NoteStore } from '../lib/notes/note-store.js';
import type { AddedNote, Note, NoteCounts, NoteOwner } from '../lib/notes/note.js';
import { type BotConfig, Service, type ServiceResources } from '../lib/pieces/service.js';

export type { AddedNote, Note, NoteOwner } from '../lib/notes/note.js';

/** The setting that limits the notes of each kind of owner. */
const LIMITS = { user: 'MAX_USER_MEMORY', server: 'MAX_SERVER_MEMORY' } as const;

const NOT_WORKING =
  '📝 The memory does not work: its database cannot be used. The log of the bot says why to its owner.';

/**
 * What people and servers asked the bot to remember (`container.memory`). Without a database it can use, the rest of
 * the bot runs as ever. Notes are personal: none is ever logged.
 */
export class MemoryService extends Service {
  readonly #config: BotConfig;
  readonly #logger: ServiceResources['logger'];
  #store: NoteStore | null = null;
  #unsubscribe: (() => void) | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'memory' });
    // Not container.config: services load side by side.
    const { config, logger } = this.store.resources;
    this.#config = config;
    this.#logger = logger;
  }

  public override async onLoad(): Promise<void> {
    container.memory = this;
    await this.#open(this.#config.current.settings.MEMORY_DB_PATH);
    this.#unsubscribe = this.#config.subscribe(
      [LIMITS.user, LIMITS.server],
      () => {
        this.#trim();
      },
      { name: 'memory limits' },
    );
  }

  public override onUnload(): void {
    this.close();
  }

  /** Why nothing is remembered for owners of this kind, in a sentence for the asker; `null` when it is. */
  public whyOff(kind: NoteOwner['kind']): string | null {
    if (this.#store === null) return NOT_WORKING;
    return this.limitOf(kind) === 0
      ? `📝 The memory is switched off. The owner of the bot can switch it on with \`${LIMITS[kind]}\`.`
      : null;
  }

  /** How many notes each owner of this kind may have now. */
  public limitOf(kind: NoteOwner['kind']): number {
    return this.#config.current.settings[LIMITS[kind]];
  }

  /**
   * What there is to know of an owner, oldest first. Never throws: nothing is known while the memory is off or its
   * database fails, which is logged.
   */
  public notesOf(owner: NoteOwner): readonly Note[] {
    try {
      return this.whyOff(owner.kind) === null ? this.list(owner) : [];
    } catch (error) {
      this.#logger.warn('Notes could not be read, going on without them:', error);
      return [];
    }
  }

  /**
   * The notes of an owner, oldest first.
   *
   * @throws {UserError} when the memory is off, and what the database throws when it fails, like all that follow.
   */
  public list(owner: NoteOwner): readonly Note[] {
    return this.#storeFor(owner).notesOf(owner);
  }

  /**
   * Adds a note, and drops the oldest beyond the limit.
   *
   * @throws {RangeError} when the text is blank or too long.
   */
  public add(owner: NoteOwner, text: string): AddedNote {
    const limit = this.limitOf(owner.kind);
    return this.#storeFor(owner).add(owner, text, { at: this.#config.clock.now(), limit });
  }

  /** Whether there was such a note of this owner. */
  public forget(owner: NoteOwner, id: number): boolean {
    return this.#storeFor(owner).forget(owner, id);
  }

  /** Returns how many notes went. */
  public clear(owner: NoteOwner): number {
    return this.#storeFor(owner).clear(owner);
  }

  /** Closes the database; the memory is off from then on. Never throws. */
  public close(): void {
    this.#unsubscribe?.();
    try {
      this.#store?.close();
    } catch (error) {
      this.#logger.warn('The database of notes could not be closed properly:', error);
    }
    this.#store = null;
  }

  async #open(file: string): Promise<void> {
    try {
      this.#store = await NoteStore.open(file);
      // The limits may have changed while the bot was away.
      this.#trim();
    } catch (error) {
      this.close();
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.warn(
        `The memory is off, because its database ${file} cannot be used: ${reason}. Remedy: have MEMORY_DB_PATH ` +
          'name a file in a directory that the bot may write to, or move a broken file away, and restart',
      );
    }
  }

  #storeFor({ kind }: NoteOwner): NoteStore {
    const off = this.whyOff(kind);
    if (off !== null || this.#store === null) {
      throw new UserError({ identifier: 'MemoryOff', message: off ?? NOT_WORKING });
    }
    return this.#store;
  }

  #trim(): void {
    const limits: NoteCounts = { user: this.limitOf('user'), server: this.limitOf('server') };
    const gone = this.#store?.trim(limits) ?? { user: 0, server: 0 };
    for (const kind of ['user', 'server'] as const) {
      if (gone[kind] === 0) continue;
      const notes = gone[kind] === 1 ? '1 oldest note' : `${String(gone[kind])} oldest notes`;
      this.#logger.info(`${LIMITS[kind]} is ${String(limits[kind])}: ${notes} beyond it removed`);
    }
  }
}

declare module '@sapphire/framework' {
  interface Container {
    memory: MemoryService;
  }
}
