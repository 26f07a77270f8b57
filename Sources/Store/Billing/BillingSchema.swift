/// The tables of billing. Rows are added and never changed; ``billing_open`` and ``billing_visit`` are indexes
/// of what is current.
enum BillingSchema {
  static let step = """
    -- A position of a visit: a debit, a credit of one, a decision not to bill, or a question for a person.
    CREATE TABLE billing_record (
      number INTEGER PRIMARY KEY,
      visit TEXT NOT NULL,
      kind INTEGER NOT NULL,
      debtor TEXT NOT NULL,
      month TEXT NOT NULL,
      amount INTEGER NOT NULL,
      credits INTEGER REFERENCES billing_record,
      reason TEXT NOT NULL,
      rules TEXT NOT NULL,
      made INTEGER NOT NULL,
      body BLOB NOT NULL,
      facts BLOB NOT NULL
    ) STRICT;
    CREATE INDEX billing_record_visit ON billing_record (visit);
    CREATE UNIQUE INDEX billing_credited ON billing_record (credits) WHERE credits IS NOT NULL;
    -- What each visit came to last, and how many changes it has had, and the newest news of it.
    CREATE TABLE billing_visit (
      visit TEXT PRIMARY KEY,
      version INTEGER NOT NULL,
      record INTEGER NOT NULL REFERENCES billing_record,
      revision INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- Debits (origin 0) and credits (of lines of the batch origin) that no batch holds yet.
    CREATE TABLE billing_open (
      debtor TEXT NOT NULL,
      origin INTEGER NOT NULL,
      month TEXT NOT NULL,
      record INTEGER NOT NULL REFERENCES billing_record,
      amount INTEGER NOT NULL,
      PRIMARY KEY (debtor, origin, month, record)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX billing_open_record ON billing_open (record);
    -- Records that wait for a person.
    CREATE TABLE billing_waiting (record INTEGER PRIMARY KEY REFERENCES billing_record) STRICT;
    -- Closed sets, numbered without gaps.
    CREATE TABLE billing_batch (
      number INTEGER PRIMARY KEY,
      claim TEXT NOT NULL UNIQUE,
      debtor TEXT NOT NULL,
      month TEXT NOT NULL,
      credits INTEGER REFERENCES billing_batch,
      lines INTEGER NOT NULL,
      amount INTEGER NOT NULL,
      digest TEXT NOT NULL,
      issued TEXT NOT NULL,
      made INTEGER NOT NULL,
      terms BLOB NOT NULL
    ) STRICT;
    CREATE TABLE billing_line (
      batch INTEGER NOT NULL REFERENCES billing_batch,
      line INTEGER NOT NULL,
      record INTEGER NOT NULL UNIQUE REFERENCES billing_record,
      PRIMARY KEY (batch, line)
    ) STRICT, WITHOUT ROWID;
    -- What became of a batch, in order; a key is used once, so that a file read twice counts once.
    CREATE TABLE billing_event (
      number INTEGER PRIMARY KEY,
      batch INTEGER NOT NULL REFERENCES billing_batch,
      state TEXT NOT NULL,
      detail TEXT NOT NULL,
      amount INTEGER NOT NULL,
      made INTEGER NOT NULL,
      key TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE INDEX billing_event_batch ON billing_event (batch);
    """

  /// Added later.
  static let factsStep = """
    -- What was told of a visit since its record was made, where it came to the same.
    CREATE TABLE billing_facts (visit TEXT PRIMARY KEY, facts BLOB NOT NULL) STRICT, WITHOUT ROWID;
    """
}
