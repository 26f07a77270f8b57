/// What `DeliveryWriter` does in SQLite, as functions in the database. None gives a row for what is unknown.
enum PostgreSQLDeliveryFunctions {
  static let sql = """
    -- A delivery and the gateway that is at work on it. Its lane is locked, so that nobody takes it meanwhile.
    CREATE FUNCTION find_delivery(
      wanted bigint, OUT in_class bigint, OUT in_state bigint, OUT to_target text, OUT in_lane text,
      OUT worker bigint
    ) LANGUAGE plpgsql AS $$
    DECLARE
      claim record;
    BEGIN
      SELECT delivery.class, delivery.state, delivery_class.target, delivery.lane
      INTO in_class, in_state, to_target, in_lane
      FROM delivery JOIN delivery_class ON delivery_class.number = delivery.class
      WHERE delivery.number = wanted;
      FOR claim IN SELECT taken, holder, lease_until FROM lane
        WHERE target = to_target AND name = in_lane AND wanted IN (head, taken) FOR UPDATE
      LOOP
        IF claim.taken = wanted AND is_held(claim.holder, claim.lease_until) THEN
          worker := claim.holder;
        END IF;
      END LOOP;
    END $$;

    CREATE FUNCTION note_problem(n bigint, text_of_it text) RETURNS void LANGUAGE sql AS $$
      INSERT INTO delivery_problem VALUES (n, text_of_it)
      ON CONFLICT (number) DO UPDATE SET problem = excluded.problem
    $$;

    -- Kind 0: delivered, 1: retry, 2: retry aside, 3: dead, 4: dead and holding its lane.
    CREATE FUNCTION report_delivery(
      wanted bigint, gateway_number bigint, kind bigint, made_attempts bigint, at_time bigint, next_due bigint,
      text_of_it text
    ) RETURNS TABLE (is_busy boolean, in_class bigint, old_state bigint, new_state bigint)
    LANGUAGE plpgsql AS $$
    DECLARE
      was record;
    BEGIN
      SELECT * INTO was FROM find_delivery(wanted);
      IF was.in_class IS NULL THEN RETURN; END IF;
      is_busy := false;
      in_class := was.in_class;
      old_state := was.in_state;
      IF was.in_state <> \(waiting) THEN
        RETURN NEXT;
        RETURN;
      END IF;
      IF was.worker <> gateway_number THEN
        is_busy := true;
        RETURN NEXT;
        RETURN;
      END IF;
      IF kind > 0 THEN PERFORM note_problem(wanted, text_of_it); END IF;
      CASE kind
        WHEN 0 THEN PERFORM remove_from_lane(was.to_target, was.in_lane, wanted);
        WHEN 1 THEN PERFORM set_due(was.to_target, was.in_lane, wanted, next_due);
        WHEN 2 THEN PERFORM step_aside(was.to_target, was.in_lane, wanted, next_due);
        ELSE PERFORM bury(was.to_target, was.in_lane, wanted, kind = 4);
      END CASE;
      new_state := CASE kind WHEN 0 THEN \(delivered) WHEN 1 THEN \(waiting) WHEN 2 THEN \(waiting)
        ELSE \(dead) END;
      UPDATE delivery SET attempts = made_attempts, changed = at_time, state = new_state
      WHERE number = wanted;
      RETURN NEXT;
    END $$;

    -- One that stepped aside has no lane to hold.
    CREATE FUNCTION bury(t text, l text, n bigint, holds boolean) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM lane WHERE target = t AND name = l AND aside = n;
      IF FOUND THEN RETURN; END IF;
      IF holds THEN PERFORM set_due(t, l, n, NULL); ELSE PERFORM remove_from_lane(t, l, n); END IF;
    END $$;

    -- Kind 0: retry, 1: skip, 2: another body.
    CREATE FUNCTION intervene_in_delivery(
      wanted bigint, kind bigint, at_time bigint, reason text, new_type text, new_body bytea
    ) RETURNS TABLE (is_busy boolean, in_class bigint, old_state bigint, new_state bigint)
    LANGUAGE plpgsql AS $$
    DECLARE
      was record;
    BEGIN
      SELECT * INTO was FROM find_delivery(wanted);
      IF was.in_class IS NULL THEN RETURN; END IF;
      is_busy := was.worker IS NOT NULL;
      in_class := was.in_class;
      old_state := was.in_state;
      IF is_busy OR was.in_state NOT IN (\(waiting), \(dead)) THEN
        RETURN NEXT;
        RETURN;
      END IF;
      new_state := old_state;
      CASE kind
        WHEN 0 THEN
          IF NOT set_due(was.to_target, was.in_lane, wanted, at_time) THEN
            PERFORM insert_into_lane(was.to_target, was.in_lane, wanted, at_time);
          END IF;
          new_state := \(waiting);
          UPDATE delivery SET changed = at_time, state = new_state,
            attempts = CASE old_state WHEN \(dead) THEN 0 ELSE attempts END
          WHERE number = wanted;
        WHEN 1 THEN
          PERFORM note_problem(wanted, reason);
          PERFORM remove_from_lane(was.to_target, was.in_lane, wanted);
          new_state := \(skipped);
          UPDATE delivery SET changed = at_time, state = new_state WHERE number = wanted;
        ELSE
          INSERT INTO delivery_edit
          SELECT wanted, coalesce(max(edition), 0) + 1, new_type, at_time, new_body FROM delivery_edit
          WHERE number = wanted;
      END CASE;
      RETURN NEXT;
    END $$;

    """

  private static let waiting = DeliveryState.waiting.code
  private static let delivered = DeliveryState.delivered.code
  private static let dead = DeliveryState.dead.code
  private static let skipped = DeliveryState.skipped.code
}
