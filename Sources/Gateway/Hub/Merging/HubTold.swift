import Documents
import Mapping
import Store

/// A resource that a message told.
struct HubTold {
  /// As the message has it.
  let node: NodeID
  /// The FHIR resource type.
  let type: String
  /// How it is kept; `nil` for what is not.
  let rule: ResourceRule?
  /// Its name in the hub.
  var id: HubKey
  /// As the hub has it: under its name, with references to such names.
  var statement: NodeID = 0

  var reference: String { "\(type)/\(id.hexadecimal)" }
}
