/// What `Lanes` does in SQLite, as functions in the database: one round trip serves a whole batch.
///
/// When another delivery comes to a lane's head, or is due at another time, all gateways are woken after the
/// commit, once for each target.
enum PostgreSQLLaneFunctions {
  static let sql = """
    -- Puts one in at the place that its number gives it.
    CREATE FUNCTION insert_into_lane(t text, l text, n bigint, d bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      front record;
    BEGIN
      PERFORM wake(t);
      INSERT INTO lane (target, name, aside, head, due) VALUES (t, l, 0, n, d) ON CONFLICT DO NOTHING;
      IF FOUND THEN RETURN; END IF;
      SELECT head, due INTO front FROM lane WHERE target = t AND name = l AND aside = 0;
      IF n < front.head THEN
        INSERT INTO behind VALUES (t, l, front.head, front.due);
        UPDATE lane SET head = n, due = d WHERE target = t AND name = l AND aside = 0;
      ELSE
        INSERT INTO behind VALUES (t, l, n, d);
      END IF;
    END $$;

    -- Whoever was at work on this one is not any more.
    CREATE FUNCTION free_lane(t text, l text, n bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE lane SET taken = NULL, holder = NULL, lease_until = NULL
      WHERE target = t AND name = l AND taken = n;
      IF FOUND THEN PERFORM wake(t); END IF;
    END $$;

    -- Takes one out, from wherever it stands, and lets the next one go on.
    CREATE FUNCTION remove_from_lane(t text, l text, n bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
      follower record;
    BEGIN
      SELECT number, due INTO follower FROM behind WHERE target = t AND lane = l ORDER BY number LIMIT 1;
      IF FOUND THEN
        UPDATE lane SET head = follower.number, due = follower.due, taken = nullif(taken, n),
          holder = CASE WHEN taken <> n THEN holder END,
          lease_until = CASE WHEN taken <> n THEN lease_until END
        WHERE target = t AND name = l AND aside = 0 AND head = n;
        IF FOUND THEN
          DELETE FROM behind WHERE target = t AND lane = l AND number = follower.number;
          PERFORM wake(t);
          RETURN;
        END IF;
        DELETE FROM behind WHERE target = t AND lane = l AND number = n;
        IF FOUND THEN
          PERFORM free_lane(t, l, n);
          RETURN;
        END IF;
      ELSE
        DELETE FROM lane WHERE target = t AND name = l AND aside = 0 AND head = n;
        IF FOUND THEN RETURN; END IF;
      END IF;
      DELETE FROM lane WHERE target = t AND name = l AND aside = n;
    END $$;

    -- Changes when one is due, wherever it stands, and frees it; null holds the lane. False when it stands
    -- nowhere.
    CREATE FUNCTION set_due(t text, l text, n bigint, d bigint) RETURNS boolean LANGUAGE plpgsql AS $$
    DECLARE
      stands boolean;
    BEGIN
      UPDATE lane SET due = d, taken = nullif(taken, n), holder = CASE WHEN taken <> n THEN holder END,
        lease_until = CASE WHEN taken <> n THEN lease_until END
      WHERE target = t AND name = l AND aside IN (0, n) AND head = n;
      stands := FOUND;
      IF stands THEN
        PERFORM wake(t);
      ELSE
        UPDATE behind SET due = d WHERE target = t AND lane = l AND number = n;
        stands := FOUND;
        PERFORM free_lane(t, l, n);
      END IF;
      RETURN stands;
    END $$;

    -- Lets one go on by itself, and its lane with the next.
    CREATE FUNCTION step_aside(t text, l text, n bigint, d bigint) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM remove_from_lane(t, l, n);
      INSERT INTO lane (target, name, aside, head, due) VALUES (t, l, n, n, d) ON CONFLICT DO NOTHING;
      PERFORM wake(t);
    END $$;

    -- Takes heads of lanes that are due and nobody has: their numbers, oldest due first. What is to be
    -- sent is read by another statement, which sees what this one found changed. Each that is free is looked up
    -- by its key: to join them otherwise would read all lanes of a target.
    CREATE FUNCTION take_due(t text, now bigint, most bigint, gateway_number bigint, lease bigint)
    RETURNS SETOF bigint LANGUAGE plpgsql
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
    BEGIN
      RETURN QUERY WITH free AS (
        SELECT name, aside FROM lane
        WHERE target = t AND due <= now AND \(isFree)
        ORDER BY due, head LIMIT most FOR UPDATE SKIP LOCKED
      ), claimed AS (
        UPDATE lane
        SET taken = head, holder = gateway_number, lease_until = clock_timestamp() + milliseconds(lease)
        FROM free WHERE lane.target = t AND lane.name = free.name AND lane.aside = free.aside
        RETURNING lane.head, lane.due
      )
      SELECT head FROM claimed ORDER BY due, head;
    END $$;

    -- Gives back what a gateway has taken of these deliveries.
    CREATE FUNCTION give_back(gateway_number bigint, numbers bigint[]) RETURNS void LANGUAGE sql AS $$
      WITH freed AS (
        UPDATE lane SET taken = NULL, holder = NULL, lease_until = NULL
        FROM unnest(numbers) AS given (number)
          JOIN delivery ON delivery.number = given.number
          JOIN delivery_class ON delivery_class.number = delivery.class
        WHERE lane.target = delivery_class.target AND lane.name = delivery.lane
          AND lane.taken = given.number AND holder = gateway_number
        RETURNING lane.target
      )
      SELECT wake(target) FROM freed
    $$;

    -- Gives back what a gateway has taken and does not know of, since the answer was lost.
    CREATE FUNCTION give_back_others(gateway_number bigint, known bigint[]) RETURNS void LANGUAGE sql AS $$
      WITH freed AS (
        UPDATE lane SET taken = NULL, holder = NULL, lease_until = NULL
        WHERE holder = gateway_number AND taken <> ALL (known) RETURNING target
      )
      SELECT wake(target) FROM freed
    $$;

    -- Frees what a gateway had taken, as far as no claim is fresh, and forgets it when all is free. It translates
    -- no more.
    CREATE FUNCTION bury_gateway(dead bigint, is_leaving boolean) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM translator WHERE gateway = dead;
      IF FOUND THEN PERFORM wake(''); END IF;
      PERFORM wake(target) FROM lane
      WHERE holder = dead AND (is_leaving OR lease_until < clock_timestamp());
      UPDATE lane SET taken = NULL, holder = NULL, lease_until = NULL
      WHERE holder = dead AND (is_leaving OR lease_until < clock_timestamp());
      DELETE FROM gateway WHERE number = dead
        AND NOT EXISTS (SELECT FROM lane WHERE holder = dead);
      DELETE FROM batch_mark WHERE made < now() - interval '1 day';
    END $$;

    CREATE FUNCTION bury_the_dead() RETURNS void LANGUAGE sql AS $$
      SELECT bury_gateway(number, false) FROM gateway WHERE lease_until < clock_timestamp()
    $$;

    """

  /// What `is_held` denies, for many rows: the gateways that live are looked up once.
  static let isFree = """
    (holder IS NULL OR (lane.lease_until < clock_timestamp() AND holder <> ALL (ARRAY(
          SELECT number FROM gateway WHERE gateway.lease_until > clock_timestamp()))))
    """
}
