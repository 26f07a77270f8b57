/// What a person may do to a delivery that waits or is dead.
public enum DeliveryIntervention: Sendable, Equatable {
  /// It is due at once. A dead one goes back into its lane at its old place, with its attempts counted anew.
  case retry
  /// It is not sent, for that reason, which is short and without patient data; its lane goes on.
  case skip(reason: String)
  /// The body is sent from now on; the ones before are kept. State and place stay as they are.
  case replaceBody(contentType: String, bytes: [UInt8])
}
