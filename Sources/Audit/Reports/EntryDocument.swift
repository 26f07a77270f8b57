import Cryptography
import Foundation
import Store

/// Entries as the JSON document that the mapping `audit/entry` reads, for FHIR's AuditEvent and for StoreLog.
///
/// At most 500 go into one call of StoreLog; only accesses that were had belong there, since it knows no outcome.
public struct EntryDocument: Encodable, Sendable {
  struct Patient: Encodable, Sendable {
    let system: String
    let value: String
  }

  struct Resource: Encodable, Sendable {
    let kind: String
    let careGiver: String?
    let patient: Patient?
  }

  struct Entry: Encodable, Sendable {
    let logId, time, action, outcome, system: String
    let person, role, assignment, careUnit, careGiver, purpose, route, message, correlation, detail: String?
    let resources: [Resource]
  }

  let entries: [Entry]

  /// A document of stored entries; the patients are opened where their keys are there. Those that cannot be
  /// read are left out.
  public init(_ stored: [StoredAuditEntry], of log: AuditLog) throws {
    entries = try stored.compactMap { entry in
      try log.event(entry).map { Entry($0, logID: Self.logID(of: entry)) }
    }
  }

  /// The document's bytes.
  public func json() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(self))
  }

  /// A UUID (RFC 9562, version 8) of the record's hash and its place, so that an entry that is sent again has the
  /// same one, and no two have one.
  static func logID(of entry: StoredAuditEntry) -> String {
    let place = MerkleTree.leaf(Array(String(entry.number).utf8))
    var bytes = Array(MerkleTree.node(MerkleTree.leaf(entry.record), place).bytes.prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(Hexadecimal.text(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}

extension EntryDocument.Entry {
  init(_ event: AuditEvent, logID: String) {
    func given(_ text: String) -> String? { text.isEmpty ? nil : text }
    let patient = event.patient.map { EntryDocument.Patient(system: $0.system, value: $0.value) }
    let date = Date(timeIntervalSince1970: Double(event.time) / 1000)
    let kinds = event.resourceKinds.isEmpty ? [event.route.isEmpty ? "-" : event.route] : event.resourceKinds
    self.init(
      logId: logID,
      time: date.formatted(
        .iso8601.year().month().day().time(includingFractionalSeconds: true)
          .timeZone(separator: .omitted)), action: event.action.rawValue, outcome: "\(event.outcome)",
      system: event.system, person: given(event.person), role: given(event.role),
      assignment: given(event.assignment), careUnit: given(event.careUnit), careGiver: given(event.careGiver),
      purpose: given(event.purpose), route: given(event.route), message: given(event.message),
      correlation: given(event.correlation), detail: given(event.detail),
      resources: kinds.map {
        EntryDocument.Resource(kind: $0, careGiver: given(event.careGiver), patient: patient)
      })
  }
}
