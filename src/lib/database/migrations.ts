/** Each migrates from the version of its index to the next; never change one that was released. */
export const MIGRATIONS: readonly string[] = [
  `
    CREATE TABLE owners (
      key INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('user', 'server')),
      id TEXT NOT NULL,
      last_note INTEGER NOT NULL,
      UNIQUE (kind, id)
    ) STRICT;
    CREATE TABLE notes (
      owner INTEGER NOT NULL REFERENCES owners (key),
      id INTEGER NOT NULL,
      text TEXT NOT NULL,
      at INTEGER NOT NULL,
      PRIMARY KEY (owner, id)
    ) STRICT, WITHOUT ROWID;
  `,
  // Which limit is in effect, and since when: what is over it stays for a while.
  `
    CREATE TABLE limits (
      kind TEXT PRIMARY KEY CHECK (kind IN ('user', 'server')),
      value INTEGER NOT NULL,
      since INTEGER NOT NULL
    ) STRICT;
  `,
  // What became of every reload, and which keys each has changed.
  `
    CREATE TABLE reloads (
      id INTEGER PRIMARY KEY,
      at INTEGER NOT NULL,
      last_at INTEGER NOT NULL,
      times INTEGER NOT NULL,
      outcome TEXT NOT NULL CHECK (outcome IN ('applied', 'unchanged', 'rejected')),
      triggers TEXT NOT NULL,
      before TEXT NOT NULL,
      after TEXT NOT NULL,
      faults TEXT NOT NULL
    ) STRICT;
    CREATE TABLE reload_changes (
      reload INTEGER NOT NULL REFERENCES reloads (id) ON DELETE CASCADE,
      key TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('added', 'modified', 'removed')),
      declared INTEGER NOT NULL,
      sensitive INTEGER NOT NULL,
      before TEXT,
      after TEXT,
      PRIMARY KEY (reload, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reload_changes_by_key ON reload_changes (key);
  `,
  // What the assistant was used for on a day, by whom; the row without a user is the sum.
  `
    CREATE TABLE usage (
      day TEXT NOT NULL,
      user TEXT NOT NULL,
      requests INTEGER NOT NULL,
      input INTEGER NOT NULL,
      output INTEGER NOT NULL,
      PRIMARY KEY (day, user)
    ) STRICT, WITHOUT ROWID;
  `,
];
