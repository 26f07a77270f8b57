/// The tables of the audit log.
enum AuditSchema {
  static let step = """
    -- Written once. patient and person are the beginnings of keyed pseudonyms and hashes, to search by; what
    -- counts is the record.
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,
      time INTEGER NOT NULL,
      patient INTEGER,
      person INTEGER,
      record BLOB NOT NULL
    ) STRICT;
    -- Sorted by blocks of 4096, so that new entries, whose patients come by chance, share few pages.
    CREATE INDEX audit_patient ON audit (number >> 12, patient) WHERE patient IS NOT NULL;
    CREATE INDEX audit_person ON audit (number >> 12, person) WHERE person IS NOT NULL;
    -- Full tiles of 256 hashes as in C2SP tlog-tiles; place is level << 48 | number.
    CREATE TABLE audit_tile (place INTEGER PRIMARY KEY, hashes BLOB NOT NULL) STRICT;
    -- A patient's keys, wrapped; the rows go when the patient is erased.
    CREATE TABLE audit_key (
      id BLOB PRIMARY KEY, pseudonym BLOB NOT NULL, wrapped BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX audit_key_pseudonym ON audit_key (pseudonym);
    CREATE TABLE audit_checkpoint (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
    """
}
