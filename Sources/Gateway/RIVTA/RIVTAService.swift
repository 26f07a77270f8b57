/// What answers the requests of a contract in Swift, where it takes more than a question to the hub.
///
/// A contract's file names it with `service`; whoever builds the endpoint says which service has that name.
/// It is called when the consumer has been recognised and allowed. It answers within ``RIVTACall/remaining``.
protocol RIVTAService: Sendable {
  /// The answer to a request. What is wrong with the request itself is told in the answer's `result`, where
  /// the contract has one; a fault is for what is technically wrong.
  func answer(_ call: RIVTACall) async throws(RIVTAFault) -> RIVTAAnswer
}

/// A request that was recognised, allowed and read.
struct RIVTACall: Sendable {
  /// The contract, from `Mappings/rivta.yaml`.
  let contract: RIVTAContract
  /// The logical address that the consumer asks.
  let logicalAddress: RIVTAAddress
  /// The element of the SOAP body, an XML document of its own.
  let document: [UInt8]
  /// Who asks.
  let consumer: RIVTAConsumer
  /// The request's ids and times, and what its HTTP header told.
  let trip: RIVTATrip
  /// The person on whose behalf the consumer asks; `nil` when nobody said.
  let actor: RIVTAActor?
  /// The mappings of this moment; the whole request is served with them.
  let served: ServedMappings

  /// How long the answer may still take; never negative.
  func remaining(now: Int64 = Timestamp.ticks()) -> Duration {
    .milliseconds(max(0, trip.deadline - now))
  }
}

/// What a service answers.
struct RIVTAAnswer: Sendable {
  /// The response's element, an XML document in UTF-8, with or without its declaration.
  let document: [UInt8]
  /// What the audit log is told of it.
  var note = RIVTANote()
}

/// What the audit log is told of a request beside what the endpoint knows.
struct RIVTANote: Sendable {
  /// The patient's identifier: FHIR system and value.
  var patient: (system: String, value: String)?
  /// A few words, as how many records left; sealed with the patient.
  var detail = ""
  /// Whether data were changed and not read.
  var isChange = false
}
