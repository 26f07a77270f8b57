import Documents
import Store

/// What a message makes of the hub, as long as its merger merges nothing else.
struct HubMergedTrees {
  /// What is to be recorded with the message.
  let changes: [HubChange]
  /// The resources of the document in its order, in the merger's forest; see ``HubMerge/document``.
  let resources: [NodeID]
  /// When that happened which it tells, in milliseconds since 1970, UTC.
  let time: Int64
}

extension [HubChange] {
  /// Whether they tell nothing that was not known, or was known better.
  var isVain: Bool {
    allSatisfy { if case .ignore = $0 { true } else { false } }
  }
}
