/// The changes of a batch to the counts of deliveries by class and state, to be written once at its end.
struct PostgreSQLTally {
  private struct Entry: Hashable {
    let deliveryClass: Int64
    let state: Int64
  }

  private var changes: [Entry: Int64] = [:]

  mutating func move(_ deliveryClass: Int64, from old: Int64?, to new: Int64) {
    if let old { changes[Entry(deliveryClass: deliveryClass, state: old), default: 0] -= 1 }
    changes[Entry(deliveryClass: deliveryClass, state: new), default: 0] += 1
  }

  var calls: [PostgreSQLCall] {
    changes.filter { $1 != 0 }.map { entry, change in
      PostgreSQLCall(
        """
        INSERT INTO delivery_tally AS tally VALUES ($1, $2, $3)
        ON CONFLICT (class, state) DO UPDATE SET count = tally.count + excluded.count
        """, .integer(entry.deliveryClass), .integer(entry.state), .integer(change))
    }
  }
}
