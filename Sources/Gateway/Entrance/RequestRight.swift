import HTTP

/// The right that a request needs before any of it is looked at; what it is about in detail is asked later.
struct RequestRight: Equatable {
  let right: Right
  /// The mapping, where the path names it.
  var mapping: String?

  /// Nil for what anybody may ask: whether the gateway is there. RIV-TA has rules of its own
  /// (``RIVTARules``).
  static func needed(for method: String, _ path: String) -> RequestRight? {
    if path == "/health" || path.hasPrefix("/rivta/") { return nil }
    if path.hasPrefix("/in/") { return RequestRight(right: .push, mapping: String(path.dropFirst(4))) }
    if path == "/metrics" { return RequestRight(right: .metrics) }
    let parts = path.split(separator: "/")
    switch parts.first {
    case "fhir":
      let type = parts.dropFirst().first.flatMap { $0 == "metadata" ? nil : "fhir/\($0)" }
      return RequestRight(right: .seeBodies, mapping: type)
    case "billing": return RequestRight(right: .billing)
    case "replay": return RequestRight(right: .rerun)
    case "bookings":
      return RequestRight(right: method == "GET" || method == "HEAD" ? .see : .rerun)
    case "targets": return RequestRight(right: .see)
    case "messages", "deliveries":
      guard method == "GET" || method == "HEAD" else { return RequestRight(right: .rerun) }
      return RequestRight(right: parts.count > 2 && parts[2] != "trace" ? .seeBodies : .see)
    default: return RequestRight(right: .admin)
    }
  }
}
