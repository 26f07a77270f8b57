/// All contracts that are answered.
struct RIVTAContracts: Sendable {
  /// By name.
  let all: [RIVTAContract]
  private let byNamespace: [String: RIVTAContract]

  /// These, and PingForConfiguration.
  init(_ contracts: [RIVTAContract]) {
    all = (contracts + [PingForConfiguration.contract]).sorted { $0.name < $1.name }
    byNamespace = Dictionary(all.map { ($0.namespace, $0) }) { first, _ in first }
  }

  /// The contract whose request has this element.
  func find(_ namespace: String, _ element: String) -> RIVTAContract? {
    byNamespace[namespace].flatMap { $0.element == element ? $0 : nil }
  }
}
