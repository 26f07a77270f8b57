import HTTP

/// Asks others whether records may leave: blocks, consent and the patient relation.
///
/// Nothing is kept between answers: a block set now counts in the next answer, and so does a consent taken
/// back. What is not said to be free is not shown, and when a service does not answer, nothing is.
struct AccessChecks: Sendable {
  private let clients: [AccessCheck: CheckClient]

  /// - Parameter services: by ``AccessCheck``'s names.
  /// - Throws: `HTTPClientError`, when there can be no client.
  init(_ services: [String: HTTPTarget]) throws {
    var clients: [AccessCheck: CheckClient] = [:]
    if !services.isEmpty {
      let client = try HTTPClient()
      for (name, target) in services {
        if let check = AccessCheck(rawValue: name) { clients[check] = CheckClient(check, target, client) }
      }
    }
    self.clients = clients
  }

  /// The numbers of the records that may leave.
  ///
  /// Consent and relation are asked for where other care givers' records would be shown (lag 2022:913);
  /// one's own stay without them.
  func allowed(
    _ records: [CheckedRecord], _ checks: [AccessCheck], _ access: CheckedAccess
  ) async throws(RIVTAFault) -> Set<Int> {
    guard let actor = access.actor, actor.isComplete else {
      throw RIVTAFault(.notAuthorised, "nobody says on whose behalf it is asked")
    }
    // Without care unit and care giver nobody can tell whether a record is blocked (TKB, rule 1).
    var open = records.filter { !$0.careUnit.isEmpty && !$0.careGiver.isEmpty && !$0.times.isEmpty }
    for check in [AccessCheck.consent, .relation] where checks.contains(check) {
      let isOfOthers = { (record: CheckedRecord) in
        record.careGiver.uppercased() != actor.careGiver.uppercased()
      }
      guard open.contains(where: isOfOthers) else { continue }
      let isGiven = try await client(check).isGiven(actor, access.patient, within: access.remaining())
      if !isGiven { open.removeAll(where: isOfOthers) }
    }
    if checks.contains(.blocks), !open.isEmpty {
      let free = try await client(.blocks).free(open, actor, access.patient, within: access.remaining())
      open.removeAll { !free.contains($0.number) }
    }
    return Set(open.map(\.number))
  }

  private func client(_ check: AccessCheck) throws(RIVTAFault) -> CheckClient {
    guard let client = clients[check] else {
      throw RIVTAFault(.resourcesMissing, "the service for \(check.rawValue) is not configured")
    }
    return client
  }
}
