/// Why a FHIR request has no other answer: what becomes an OperationOutcome (R4, 2.31).
struct FHIRFault: Error, Equatable {
  /// The HTTP status.
  let status: Int
  /// A code of FHIR's value set issue-type.
  let code: String
  /// One sentence, without what the request held but the names that are known.
  let text: String

  static func invalid(_ text: String) -> FHIRFault { FHIRFault(status: 400, code: "invalid", text: text) }

  static func unsupported(_ text: String) -> FHIRFault {
    FHIRFault(status: 400, code: "not-supported", text: text)
  }

  static let unreadable = FHIRFault(status: 500, code: "exception", text: "the store can't be read")
  static let unknown = FHIRFault(status: 404, code: "not-found", text: "there is no such resource")
  static let gone = FHIRFault(status: 410, code: "deleted", text: "nobody tells of this resource any more")
}

extension FHIRFault {
  init(_ fault: HubQuestion.Fault) {
    switch fault {
    case .unknownType(_, let near):
      self.init(
        status: 404, code: "not-supported", text: "resources of this type are not kept" + Self.did(near))
    case .unknownName(_, let near):
      self = .unsupported("nothing is searched for by one of the names" + Self.did(near))
    case .needsPatient:
      self = .invalid("it would look through all patients: name one with patient or patient.identifier")
    }
  }

  private static func did(_ near: [String]) -> String { near.first.map { ", did you mean \($0)?" } ?? "" }
}
