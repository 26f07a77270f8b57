import Documents
import Store

/// A resource as it is known with the message at hand.
final class HubKnown {
  let id: HubKey
  let type: String
  let state: HubState
  let node: NodeID
  /// What the store has of it.
  let material: HubMaterial?
  /// What it will be, when that is something else.
  let next: Next?

  /// A new resource or version, but for what finds it.
  struct Next {
    let content: [UInt8]
    let statements: [HubStatement]
  }

  init(
    id: HubKey, type: String, state: HubState, node: NodeID, material: HubMaterial? = nil, next: Next? = nil
  ) {
    self.id = id
    self.type = type
    self.state = state
    self.node = node
    self.material = material
    self.next = next
  }
}
