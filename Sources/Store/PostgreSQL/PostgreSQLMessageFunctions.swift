/// The functions that change messages and gateways.
///
/// They keep references whole; foreign keys would cost a quarter of the writing. They answer with codes where
/// SQLite's writer throws, so that one unusable job leaves the transaction sound; each runs in the batch of one
/// gateway at a time.
enum PostgreSQLMessageFunctions {
  static let sql = """
    CREATE FUNCTION milliseconds(count bigint) RETURNS interval LANGUAGE sql IMMUTABLE
      RETURN count * interval '1 millisecond';

    -- Whether somebody is at work: the claim is fresh, or its gateway shows that it lives.
    CREATE FUNCTION is_held(by bigint, until timestamptz) RETURNS boolean LANGUAGE sql AS $$
      SELECT by IS NOT NULL AND (until > clock_timestamp()
        OR EXISTS (SELECT FROM gateway WHERE number = by AND gateway.lease_until > clock_timestamp()))
    $$;

    -- Shows that a gateway lives.
    CREATE FUNCTION keep_alive(gateway_number bigint, gateway_name text, lease bigint) RETURNS void
    LANGUAGE sql AS $$
      INSERT INTO gateway VALUES (gateway_number, gateway_name, clock_timestamp() + milliseconds(lease))
      ON CONFLICT (number) DO UPDATE SET lease_until = excluded.lease_until
    $$;

    -- Wakes the gateways that deliver to a target, or that may translate now (no name), or the one that does
    -- (a line's end).
    CREATE FUNCTION wake(woken_target text) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_notify('sluss_' || quote_ident(current_schema())::regnamespace::oid, woken_target);
    END $$;

    CREATE FUNCTION mark_batch(gateway_number bigint, batch_number bigint) RETURNS void LANGUAGE sql AS $$
      INSERT INTO batch_mark VALUES (gateway_number, batch_number, now())
      ON CONFLICT (gateway) DO UPDATE SET batch = excluded.batch, made = excluded.made
    $$;

    -- The message's sequence, or null when there is no such message. A rejected message keeps its key in its
    -- outcome, and gives it up for a corrected one.
    CREATE FUNCTION record_translation(message_id text, new_state text, version text, new_diagnostics bytea)
    RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE
      was record;
      kept_key text;
    BEGIN
      SELECT sequence, sender_key INTO was FROM message WHERE id = message_id;
      IF was.sequence IS NULL THEN RETURN NULL; END IF;
      IF new_state = 'rejected' THEN
        kept_key := was.sender_key;
        UPDATE message SET sender_key = NULL WHERE sequence = was.sequence AND sender_key IS NOT NULL;
      END IF;
      INSERT INTO outcome VALUES (was.sequence, new_state, kept_key, version, new_diagnostics)
      ON CONFLICT (sequence) DO UPDATE SET state = excluded.state, rejected_key = excluded.rejected_key,
        mapping_version = excluded.mapping_version, diagnostics = excluded.diagnostics;
      DELETE FROM waiting WHERE sequence = was.sequence;
      RETURN was.sequence;
    END $$;

    -- Wakes the gateway that translates, unless it is this one.
    CREATE FUNCTION wake_translator(gateway_number bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      IF (SELECT gateway FROM translator) <> gateway_number THEN PERFORM wake(E'\\n'); END IF;
    END $$;

    -- Whether a gateway translates for all; it does from now on when nobody does who lives.
    CREATE FUNCTION lead_translation(gateway_number bigint) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      leader bigint := (SELECT gateway FROM translator);
    BEGIN
      IF leader = gateway_number THEN RETURN true; END IF;
      IF EXISTS (SELECT FROM gateway WHERE number = leader AND lease_until > clock_timestamp()) THEN
        RETURN false;
      END IF;
      INSERT INTO translator (gateway) VALUES (gateway_number)
      ON CONFLICT (is_only) DO UPDATE SET gateway = excluded.gateway;
      RETURN true;
    END $$;

    """
}
