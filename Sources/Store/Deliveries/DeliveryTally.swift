/// Counts deliveries by class and state, so that nobody needs to count a million of them: what a batch changes
/// is added up and written once.
final class DeliveryTally {
  private struct Entry: Hashable {
    let deliveryClass: Int64
    let state: DeliveryState
  }

  private let add: Statement
  private var changes: [Entry: Int64] = [:]

  init(_ connection: Connection) throws(StoreError) {
    add = try connection.prepare(
      """
      INSERT INTO delivery_tally (class, state, count) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET count = count + excluded.count
      """, doing: "counting deliveries")
  }

  func move(_ deliveryClass: Int64, from old: DeliveryState?, to new: DeliveryState) {
    if let old { changes[Entry(deliveryClass: deliveryClass, state: old), default: 0] -= 1 }
    changes[Entry(deliveryClass: deliveryClass, state: new), default: 0] += 1
  }

  /// Writes the batch's changes, as its last act.
  func write() throws(StoreError) {
    for (entry, change) in changes where change != 0 {
      try add.bind(entry.deliveryClass, at: 1)
      try add.bind(entry.state.code, at: 2)
      try add.bind(change, at: 3)
      try add.run()
    }
    forget()
  }

  /// Drops the changes of a batch that was abandoned.
  func forget() {
    changes.removeAll(keepingCapacity: true)
  }
}
