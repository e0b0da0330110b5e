import { container, type Piece, UserError } from '@sapphire/framework';

import type { BrokenRule } from '../config/index.js';
import { whenFree } from '../lib/database/busy.js';
import { NoteStore } from '../lib/notes/note-store.js';
import type { Notebook } from '../lib/notes/note-subcommands.js';
import type { AddedNote, Note, NoteList, NoteOwner } from '../lib/notes/note.js';
import { deleteOverdue, overdueInWords } from '../lib/notes/overdue-notes.js';
import { Service } from '../lib/pieces/service.js';
import type { Settings } from '../settings.js';

const KINDS = ['user', 'server'] as const;
/** The setting that limits the notes of each kind of owner. */
const LIMITS = { user: 'MAX_USER_MEMORY', server: 'MAX_SERVER_MEMORY' } as const;

/** More notes than a model is shown, or than the pages of a list can hold. */
const MOST_READ = 2000;

/** How often notes are looked for that have been over a limit for long enough, and how often a locked database. */
const SWEEP_MS = 60 * 60_000;
const REOPEN_MS = 5000;

const NOT_WORKING =
  "📝 The memory is not working: its database cannot be used. Details are in the bot's log.";

/**
 * What people and servers have asked the bot to remember (`container.memory`). If its database cannot be used, the
 * rest of the bot still works. Notes are personal: none is ever logged.
 */
export class MemoryService extends Service implements Notebook {
  #store: NoteStore | null = null;
  #unsubscribe: (() => void) | null = null;
  #sweeping: NodeJS.Timeout | null = null;
  #reopening: NodeJS.Timeout | null = null;

  public constructor(context: Piece.LoaderContext<'services'>, options: Piece.Options) {
    super(context, { ...options, name: 'memory' });
    container.memory = this;
  }

  public override async onLoad(): Promise<void> {
    const { config } = container;
    await this.#open(config.settings.MEMORY_DB_PATH);
    const limits = [LIMITS.user, LIMITS.server];
    const dismiss = config.live.guard(limits, ({ settings }) => this.#foretell(settings));
    const forget = config.live.on(
      limits,
      async () => {
        for (const kind of KINDS) await this.#startCounting(kind);
      },
      { name: 'memory limits' },
    );
    this.#unsubscribe = () => {
      dismiss();
      forget();
    };
    this.#sweeping = setInterval(() => void this.#sweep(), SWEEP_MS).unref();
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
      return this.whyOff(owner.kind) === null ? this.list(owner).notes : [];
    } catch (error) {
      container.logger.warn('Notes could not be read, continuing without them:', error);
      return [];
    }
  }

  /**
   * The notes of an owner within the limit.
   *
   * @throws {UserError} when the memory is off, and what the database throws when it fails, like all that follow.
   */
  public list(owner: NoteOwner): NoteList {
    const store = this.#storeFor(owner);
    const limit = this.limitOf(owner.kind);
    const notes = store.notesOf(owner, Math.min(limit, MOST_READ));
    return { notes, total: store.countOf(owner, limit) };
  }

  /**
   * Adds a note, and drops the oldest beyond the limit.
   *
   * @throws {RangeError} when the text is blank or too long.
   */
  public async add(owner: NoteOwner, text: string): Promise<AddedNote> {
    return whenFree(() => {
      const limit = this.limitOf(owner.kind);
      return this.#storeFor(owner).add(owner, text, { at: now(), limit });
    });
  }

  /** Whether there was such a note of this owner. */
  public async forget(owner: NoteOwner, id: number): Promise<boolean> {
    return whenFree(() => this.#storeFor(owner).forget(owner, id));
  }

  /** Returns how many notes went. */
  public async clear(owner: NoteOwner): Promise<number> {
    return whenFree(() => this.#storeFor(owner).clear(owner));
  }

  /** Closes the database; the memory is off from then on. Never throws. */
  public close(): void {
    this.#unsubscribe?.();
    clearInterval(this.#sweeping ?? undefined);
    clearTimeout(this.#reopening ?? undefined);
    try {
      this.#store?.close();
    } catch (error) {
      container.logger.warn('The notes database could not be closed cleanly:', error);
    }
    this.#store = null;
  }

  async #open(file: string): Promise<void> {
    try {
      this.#store = await whenFree(() => NoteStore.open(file));
    } catch (error) {
      if (error instanceof UserError) {
        this.#openLater(file);
        return;
      }
      const reason = error instanceof Error ? error.message : String(error);
      container.logger.warn(
        `The memory is off because its database ${file} cannot be used: ${reason}. Remedy: point MEMORY_DB_PATH at ` +
          'a file in a directory that the bot can write to, or move a broken file away, then restart',
      );
      return;
    }
    void this.#catchUp();
  }

  /** The limits may have changed while the bot was not running. */
  async #catchUp(): Promise<void> {
    await this.#sweep();
    for (const kind of KINDS) {
      await this.#startCounting(kind);
      const limit = this.limitOf(kind);
      const notes = await this.#beyond(kind, limit);
      if (notes === null) continue;
      container.logger.warn(
        `${LIMITS[kind]} is ${String(limit)} and hides ${notes}, for deletion after a day unless it is raised`,
      );
    }
  }

  #openLater(file: string): void {
    if (this.#reopening === null) {
      container.logger.warn(
        `The memory is off while another process holds its database ${file}; it is tried again every few seconds`,
      );
    }
    this.#reopening = setTimeout(() => void this.#openAgain(file), REOPEN_MS).unref();
  }

  async #openAgain(file: string): Promise<void> {
    await this.#open(file);
    if (this.#store !== null) container.logger.info('The memory works again');
  }

  #storeFor({ kind }: NoteOwner): NoteStore {
    const off = this.whyOff(kind);
    if (off !== null || this.#store === null) {
      throw new UserError({ identifier: 'MemoryOff', message: off ?? NOT_WORKING });
    }
    return this.#store;
  }

  /** Warns of what lower limits would hide, in previews too. */
  async #foretell(candidate: Settings): Promise<readonly BrokenRule[]> {
    const warnings: BrokenRule[] = [];
    for (const kind of KINDS) {
      const key = LIMITS[kind];
      if (candidate[key] >= this.limitOf(kind)) continue;
      const notes = await this.#beyond(kind, candidate[key]);
      if (notes === null) continue;
      warnings.push({
        key,
        severity: 'warning',
        problem: `it hides ${notes} at once, for deletion after a day`,
        remedy: 'raise it again before that to keep them',
      });
    }
    return warnings;
  }

  /** The notes beyond a limit, in words; `null` for none. Never rejects: a failing database changes no configuration. */
  async #beyond(kind: NoteOwner['kind'], limit: number): Promise<string | null> {
    try {
      return this.#store === null ? null : await overdueInWords(this.#store, kind, limit);
    } catch (error) {
      container.logger.warn('The notes beyond the limit could not be counted:', error);
      return null;
    }
  }

  /** From now on, the time counts until the notes beyond the limit are deleted. */
  async #startCounting(kind: NoteOwner['kind']): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    try {
      await whenFree(() => store.limitSince(kind, this.limitOf(kind), now()));
    } catch (error) {
      container.logger.warn('The time of the new limit of notes could not be saved:', error);
    }
  }

  async #sweep(): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    try {
      for (const kind of KINDS) {
        const gone = await deleteOverdue(store, kind, this.limitOf(kind), now());
        if (gone === 0) continue;
        const notes = gone === 1 ? 'a note' : `${String(gone)} notes`;
        container.logger.info(`Deleted ${notes} that ${LIMITS[kind]} had hidden for a day`);
      }
    } catch (error) {
      container.logger.warn('Notes beyond the limit could not be deleted:', error);
    }
  }
}

function now(): number {
  return container.config.live.clock.now();
}

declare module '@sapphire/framework' {
  interface Container {
    memory: MemoryService;
  }
}
