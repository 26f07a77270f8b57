import Audit
import Documents

/// Whom a message is about, and where: the document `audit/subject`, our own.
struct AuditSubject {
  let patient: PatientIdentifier?
  /// HSA-ids; empty for none.
  let careUnit, careGiver: String

  /// Of the document's tree, which need not be written.
  init(_ root: NodeID, _ forest: borrowing Forest) {
    patient = Self.child("patient", of: root, forest).flatMap { node in
      guard let system = Self.child("system", of: node, forest),
        let value = Self.child("value", of: node, forest)
      else { return nil }
      return PatientIdentifier(system: forest.string(system), value: forest.string(value))
    }
    careUnit = Self.child("careUnit", of: root, forest).map { forest.string($0) } ?? ""
    careGiver = Self.child("careGiver", of: root, forest).map { forest.string($0) } ?? ""
  }

  private static func child(_ name: String, of node: NodeID, _ forest: borrowing Forest) -> NodeID? {
    forest.names.find(name).flatMap { forest.child(node, named: $0) }
  }
}
