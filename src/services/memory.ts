import { container, type Piece, UserError } from '@sapphire/framework';

import { NoteStore } from '../lib/notes/note-store.js';
import type { Notebook } from '../lib/notes/note-subcommands.js';
import type { AddedNote, Note, NoteCounts, NoteOwner } from '../lib/notes/note.js';
import { Service } from '../lib/pieces/service.js';

/** The setting that limits the notes of each kind of owner. */
const LIMITS = { user: 'MAX_USER_MEMORY', server: 'MAX_SERVER_MEMORY' } as const;

const NOT_WORKING =
  "📝 The memory is not working: its database cannot be used. Details are in the bot's log.";

/**
 * What people and servers have asked the bot to remember (`container.memory`). If its database cannot be used, the
 * rest of the bot still works. Notes are personal: none is ever logged.
 */
export class MemoryService extends Service implements Notebook {
  #store: NoteStore | null = null;
  #unsubscribe: (() => void) | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'memory' });
    container.memory = this;
  }

  public override async onLoad(): Promise<void> {
    const { config } = container;
    await this.#open(config.settings.MEMORY_DB_PATH);
    this.#unsubscribe = config.live.on(
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
    return container.config.settings[LIMITS[kind]];
  }

  /**
   * The notes of an owner for the model, oldest first. Never throws: there are none while the memory is off or its
   * database fails, which is logged.
   */
  public notesOf(owner: NoteOwner): readonly Note[] {
    try {
      return this.whyOff(owner.kind) === null ? this.list(owner) : [];
    } catch (error) {
      container.logger.warn('Notes could not be read, continuing without them:', error);
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
    return this.#storeFor(owner).add(owner, text, { at: container.config.live.clock.now(), limit });
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
      container.logger.warn('The notes database could not be closed cleanly:', error);
    }
    this.#store = null;
  }

  async #open(file: string): Promise<void> {
    try {
      this.#store = await NoteStore.open(file);
      // The limits may have changed while the bot was not running.
      this.#trim();
    } catch (error) {
      this.close();
      const reason = error instanceof Error ? error.message : String(error);
      container.logger.warn(
        `The memory is off because its database ${file} cannot be used: ${reason}. Remedy: point MEMORY_DB_PATH at ` +
          'a file in a directory that the bot can write to, or move a broken file away, then restart',
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
      const notes = gone[kind] === 1 ? 'the oldest note' : `the ${String(gone[kind])} oldest notes`;
      container.logger.info(`${LIMITS[kind]} is ${String(limits[kind])}: removed ${notes}`);
    }
  }
}

declare module '@sapphire/framework' {
  interface Container {
    memory: MemoryService;
  }
}
