"""What lies in the file of takes, and how an older file becomes a newer one."""

from __future__ import annotations

__all__ = ["MIGRATIONS"]

MIGRATIONS = (
    # 1: everything
    """
    CREATE TABLE profiles (
        number INTEGER PRIMARY KEY AUTOINCREMENT, uid TEXT NOT NULL UNIQUE, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        kind TEXT NOT NULL, made_ns INTEGER NOT NULL
    );
    CREATE TABLE in_use (
        one INTEGER PRIMARY KEY CHECK (one = 1), profile INTEGER NOT NULL
    );
    CREATE TABLE leaving (
        profile INTEGER PRIMARY KEY
    );
    CREATE TABLE takes (
        number INTEGER PRIMARY KEY, profile INTEGER NOT NULL, id TEXT NOT NULL, method TEXT NOT NULL,
        role TEXT NOT NULL, seed INTEGER, recipe TEXT NOT NULL, resolved TEXT NOT NULL, context TEXT NOT NULL,
        features TEXT NOT NULL, parent TEXT NOT NULL, how TEXT NOT NULL, mark TEXT NOT NULL,
        propensity REAL, choice TEXT NOT NULL, made_ns INTEGER NOT NULL,
        UNIQUE (id, profile)
    );
    CREATE INDEX takes_by_mark ON takes (mark);
    CREATE INDEX takes_by_parent ON takes (profile, parent) WHERE parent <> '';
    CREATE TABLE rewards (
        number INTEGER PRIMARY KEY AUTOINCREMENT, profile INTEGER NOT NULL, id TEXT NOT NULL,
        take INTEGER NOT NULL REFERENCES takes (number), kind TEXT NOT NULL, amount REAL NOT NULL, rater TEXT NOT NULL,
        told_ns INTEGER NOT NULL, counted INTEGER NOT NULL DEFAULT 1,
        UNIQUE (profile, id)
    );
    CREATE INDEX rewards_by_take ON rewards (take);
    CREATE TABLE models (
        profile INTEGER PRIMARY KEY, version INTEGER NOT NULL, upto INTEGER NOT NULL, state TEXT NOT NULL,
        changed_ns INTEGER NOT NULL
    );
    CREATE TABLE snapshots (
        number INTEGER PRIMARY KEY AUTOINCREMENT, profile INTEGER NOT NULL, name TEXT NOT NULL, why TEXT NOT NULL,
        spans TEXT NOT NULL, rewards INTEGER NOT NULL, made_ns INTEGER NOT NULL
    );
    CREATE INDEX snapshots_by_profile ON snapshots (profile)
    """,
    # 2: from which reward on the knobs' meaning is learnt, where somebody began that anew
    """
    CREATE TABLE steered_since (
        profile INTEGER PRIMARY KEY, reward INTEGER NOT NULL
    );
    ALTER TABLE snapshots ADD COLUMN steered_since INTEGER NOT NULL DEFAULT 0
    """,
    # 3: takes that stood behind the one that was offered, and recipes of the user's own
    """
    ALTER TABLE takes ADD COLUMN shown INTEGER NOT NULL DEFAULT 1;
    CREATE INDEX takes_beside ON takes (number) WHERE shown = 0;
    CREATE TABLE recipes (
        number INTEGER PRIMARY KEY AUTOINCREMENT, profile INTEGER NOT NULL, id TEXT NOT NULL, role TEXT NOT NULL,
        name TEXT NOT NULL, genre TEXT NOT NULL, request TEXT NOT NULL, take TEXT NOT NULL, made_ns INTEGER NOT NULL,
        UNIQUE (profile, id)
    )
    """,
    # 4: what was set right of what was heard in a file, by the file's content
    """
    CREATE TABLE corrections (
        profile INTEGER NOT NULL, digest TEXT NOT NULL, what TEXT NOT NULL, heard TEXT NOT NULL, said TEXT NOT NULL,
        told_ns INTEGER NOT NULL, counted INTEGER NOT NULL DEFAULT 1,
        PRIMARY KEY (profile, digest, what)
    ) WITHOUT ROWID
    """,
    # 5: corrections as a log, like rewards, so that a snapshot can say which of them counted
    """
    ALTER TABLE corrections RENAME TO corrections_4;
    CREATE TABLE corrections (
        number INTEGER PRIMARY KEY AUTOINCREMENT, profile INTEGER NOT NULL, digest TEXT NOT NULL, what TEXT NOT NULL,
        heard TEXT NOT NULL, said TEXT NOT NULL, told_ns INTEGER NOT NULL, counted INTEGER NOT NULL DEFAULT 1,
        UNIQUE (profile, digest, what, told_ns)
    );
    INSERT INTO corrections (profile, digest, what, heard, said, told_ns, counted)
        SELECT profile, digest, what, heard, said, told_ns, counted FROM corrections_4 ORDER BY told_ns;
    DROP TABLE corrections_4;
    ALTER TABLE snapshots ADD COLUMN corrections TEXT NOT NULL DEFAULT '[]';
    UPDATE snapshots SET corrections =
        '[[1,' || (SELECT COUNT(*) FROM corrections WHERE told_ns <= snapshots.made_ns) || ']]'
    """,
    # 6: in which clips a song lies, by the marks of their notes and the id of its take
    """
    CREATE TABLE clips (
        mark TEXT NOT NULL, take TEXT NOT NULL, PRIMARY KEY (mark, take)
    ) WITHOUT ROWID;
    CREATE INDEX clips_by_take ON clips (take)
    """,
)
"""What brings a file from version n to n + 1. Once released, a script is never changed."""
