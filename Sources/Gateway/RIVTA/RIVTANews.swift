/// A request over RIV-TA that got a fault, for the operator's log; without patient data.
public struct RIVTANews: Sendable, Equatable {
  /// The platform's code, `VP007`, and what exactly.
  public let code, problem: String
  /// The contract and the logical address, as far as they were found out.
  public let contract, address: String
  /// The system that asked, by its HSA-id, and the one it asked for.
  public let consumer: String
  /// The consumer's id for all calls that belong together.
  public let correlation: String
  /// The gateway's id of the request, as in the answer and in the audit log.
  public let id: String
  let isOurs: Bool

  init(_ fault: RIVTAFault, _ entry: RIVTAEntry, _ trip: RIVTATrip) {
    (code, problem, isOurs) = (fault.code.rawValue, fault.detail, fault.isOurs)
    (contract, address) = (
      entry.contract?.name ?? "", entry.contract == nil ? "" : String(entry.address.prefix(64))
    )
    (consumer, correlation, id) = (entry.system, trip.correlation, trip.id)
  }

  /// One line for people.
  var text: String {
    "sluss \(isOurs ? "fails" : "refuses") \(contract.isEmpty ? "a RIV-TA request" : contract) of "
      + "\(consumer.isEmpty ? "a stranger" : consumer): \(code), \(problem) [\(id), correlation \(correlation)]"
  }

  var fields: [(String, String)] {
    [
      ("code", code), ("problem", problem), ("contract", contract), ("logical-address", address),
      ("consumer", consumer), ("correlation", correlation), ("message", id),
    ]
  }
}
