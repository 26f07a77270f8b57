/// What somebody should know of the gateways that share a database.
public enum NeighbourNews: Sendable, Equatable {
  /// Others serve other mappings than this one: what comes of a message depends on who translates.
  case otherMappings(own: String, others: [String])
  /// All serve the same mappings again.
  case sameMappings(version: String)
  /// One that translated for all lives and got no further; this one translates now.
  case tookOver

  var level: GatewayEvent.Level { if case .sameMappings = self { .info } else { .warning } }

  /// One line for people.
  var text: String {
    switch self {
    case .otherMappings(let own, let others):
      """
      sluss serves mappings \(own), other gateways on its database \(others.joined(separator: ", ")): what comes of a \
      message depends on which of them translates it; give all of them the same folder, they load it while they run
      """
    case .sameMappings(let version): "sluss and all other gateways on its database serve mappings \(version)"
    case .tookOver:
      """
      sluss translates in the place of another gateway on its database, which lives but has got no further with the \
      messages that wait; restart that one
      """
    }
  }

  var name: String {
    switch self {
    case .otherMappings: "mappings-differ"
    case .sameMappings: "mappings-agree"
    case .tookOver: "translating-taken-over"
    }
  }

  var fields: [(String, String)] {
    switch self {
    case .otherMappings(let own, let others):
      [("version", own), ("others", others.joined(separator: ", "))]
    case .sameMappings(let version): [("version", version)]
    case .tookOver: []
    }
  }
}
