import Diagnostics
import Mapping
import Store
import YAML

/// Reads the section `store` of a `sluss.yaml`.
struct StoreReader {
  private static let lease = Duration.seconds(60)
  /// Shorter leases would take work from gateways that only pause for a moment.
  private static let leases = Duration.seconds(3)...Duration.seconds(3600)
  private static let longestProgress = Duration.seconds(24 * 3600)

  var diagnostics: [Diagnostic] = []

  mutating func read(_ node: YAMLNode) throws(Diagnostic) -> StoreChoice {
    if node.text == "sqlite" { return .sqlite }
    guard node.text == nil else {
      throw Diagnostic(
        .expectedForm(what: "the store", form: "`sqlite`, or `postgresql` with its settings"), at: node.place)
    }
    let keys = try KeyReader(node, GatewayKeys.store)
    defer { diagnostics += keys.diagnostics }
    guard let server = keys["postgresql"] else { return .sqlite }
    return .postgresql(try postgresql(server))
  }

  private mutating func postgresql(_ node: YAMLNode) throws(Diagnostic) -> PostgreSQLChoice {
    var keys = try KeyReader(node, GatewayKeys.postgresql)
    defer { diagnostics += keys.diagnostics }
    let password = try keys["password"].map { node throws(Diagnostic) in try ConfigurationReader.secret(node)
    }
    let connection = keys.text("connection") ?? ""
    if let place = keys["connection"]?.withoutExcerpt, let fault = PostgreSQLConnectionFault(of: connection) {
      diagnostics.append(Diagnostic(.expectedForm(what: "a connection", form: fault.form), at: place))
    }
    let lease = lease(keys["lease"])
    return PostgreSQLChoice(
      connection: connection, password: password, lease: lease,
      progressWithin: progress(keys["progress-within"], of: lease))
  }

  private mutating func lease(_ node: YAMLNode?) -> Duration {
    guard let node else { return Self.lease }
    if let lease = node.text.flatMap({ DurationText.read($0) }), Self.leases.contains(lease) { return lease }
    diagnostics.append(
      Diagnostic(.expectedForm(what: "the lease", form: "3 s to 60 min"), at: node.place))
    return Self.lease
  }

  /// Who shows that it lives is not to be replaced sooner than who shows nothing.
  private mutating func progress(_ node: YAMLNode?, of lease: Duration) -> Duration? {
    guard let node else { return nil }
    if let progress = node.text.flatMap({ DurationText.read($0) }),
      (lease...Self.longestProgress).contains(progress)
    {
      return progress
    }
    diagnostics.append(
      Diagnostic(.expectedForm(what: "the time to get further", form: "the lease to 24 h"), at: node.place))
    return nil
  }
}

extension PostgreSQLConnectionFault {
  fileprivate var form: String {
    switch self {
    case .malformed: "libpq's keywords and values or a URI: `host=db dbname=sluss user=sluss`"
    case .holdsPassword: "no password: it belongs to `password`, as `env NAME` or `file PATH`"
    }
  }
}
