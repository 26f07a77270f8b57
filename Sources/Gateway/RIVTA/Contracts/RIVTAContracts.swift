import Diagnostics
import Mapping

/// All contracts that are answered.
struct RIVTAContracts: Sendable {
  /// By name.
  let all: [RIVTAContract]
  private let byNamespace: [String: RIVTAContract]
  /// The mappings that they name, and where in their file.
  private let named: [(mapping: String, place: Place)]

  /// These, and PingForConfiguration.
  init(_ contracts: [RIVTAContract], named: [(mapping: String, place: Place)] = []) {
    self.named = named
    all = (contracts + [PingForConfiguration.contract]).sorted { $0.name < $1.name }
    byNamespace = Dictionary(all.map { ($0.namespace, $0) }) { first, _ in first }
  }

  /// What CheckBlocks calls records that are made of a kind of resources; empty for any.
  func informationType(of resource: String) -> String {
    for case .query(let query) in all.map(\.binding) where query.resources.first == resource {
      return query.informationType
    }
    return ""
  }

  /// The mappings that they name and the library lacks.
  func missing(in library: MappingLibrary) -> [Diagnostic] {
    named.filter { library.mappings[$0.mapping] == nil }.map { name, place in
      Diagnostic(
        .unknownMapping(name: name, near: NearNames.of(name, among: library.mappings.keys)), at: place)
    }
  }

  /// The contract whose request has this element.
  func find(_ namespace: String, _ element: String) -> RIVTAContract? {
    byNamespace[namespace].flatMap { $0.element == element ? $0 : nil }
  }
}
