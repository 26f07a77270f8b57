/// What a person may do to a delivery that waits or is dead.
public enum DeliveryIntervention: Sendable, Equatable {
  /// It is due at once. A dead one goes back into its lane at its old place, with its attempts counted anew.
  case retry
  /// It is not sent, for that reason, which is short and without patient data; its lane goes on.
  case skip(reason: String)
  /// The body is sent from now on; the ones before are kept. State and place stay as they are.
  case replaceBody(contentType: String, bytes: [UInt8])

  var replacesBody: Bool { if case .replaceBody = self { true } else { false } }

  /// Bytes kept in memory, about.
  var bytes: Int {
    if case .replaceBody(_, let bytes) = self { bytes.count } else { 0 }
  }
}

extension DeliveryStore {
  /// Likewise one thing alone, without an entry.
  public func intervene(
    _ intervention: DeliveryIntervention, on number: Int64, time: Int64,
    completion: @escaping @Sendable (Result<DeliveryChange, StoreError>) -> Void
  ) {
    intervene([intervention], on: number, time: time, audit: [], completion: completion)
  }
}
