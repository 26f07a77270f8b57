import Diagnostics
import Documents
public import Mapping
public import Store

/// Merges what messages tell into what is known; see <doc:TheHubStore>. Each thread has its own.
///
/// Merging reads the store and writes nothing: the changes go with the message's other effects into one
/// `TranslationRecord`. When that fails as `StoreError.stale`, somebody else changed in the meantime what
/// they were worked out from: merge again.
public final class HubMerger {
  let rules: HubRules
  let naming: HubNaming
  let tree: HubTree

  /// A merger by the rules of a library.
  public init(_ library: MappingLibrary, names: HubPseudonyms) {
    rules = library.hubRules
    naming = names.naming()
    tree = HubTree(library)
  }

  /// What a message makes of that which the store knows.
  public func merge(_ event: HubEvent, over store: any HubStore) throws(HubFailure) -> HubMerge {
    tree.begin(now: Timestamp.text(milliseconds: event.received))
    let told = try merge(try tree.read(event.bundle, named: event.message), of: event, over: store)
    return HubMerge(changes: told.changes, document: document(told.resources), time: told.time)
  }

  /// Likewise, of what is in a translator's hub.
  func merge(
    _ event: HubEvent, of translator: Translator, over store: any HubStore
  ) throws(HubFailure) -> HubMergedTrees {
    tree.begin(now: Timestamp.text(milliseconds: event.received))
    let bundle = translator.withHub { root, forest in tree.graft(root, of: forest) }
    return try merge(bundle, of: event, over: store)
  }

  /// The document of resources that were merged last; see ``HubMerge/document``.
  func document(_ resources: [NodeID]) -> [UInt8] { tree.bytes(tree.bundle(resources)) }

  /// Puts it into a translator's hub.
  /// - Throws: what is wrong with it, without its place.
  func show(_ resources: [NodeID], to translator: Translator, receipt: Receipt) throws(DiagnosticError) {
    let bundle = tree.bundle(resources)
    try translator.readHub(bundle, of: tree.forest, named: "hub", receipt: receipt)
  }

  private func merge(
    _ bundle: NodeID, of event: HubEvent, over store: any HubStore
  ) throws(HubFailure) -> HubMergedTrees {
    let resources = tree.resources(of: bundle)
    let origin = try origin(of: event, resources.map(\.node))
    var identification = HubIdentification(
      resources, rules, tree, naming, message: event.message, source: origin.source,
      contributor: origin.telling.contributor)
    let told = try identification.told()
    var run = HubMergeRun(rules: rules, tree: tree, naming: naming, store: store, origin: origin.telling)
    return try run.merge(told)
  }

  private func origin(
    of event: HubEvent, _ resources: [NodeID]
  ) throws(HubFailure) -> (source: String, telling: HubOrigin) {
    let times = try first(rules.times, of: resources) { rules.calendar.times($0)?.lowerBound }
    let source = try first(rules.sources, of: resources) { $0 } ?? event.mapping
    return (
      source,
      HubOrigin(
        time: times ?? event.received, message: event.message, contributor: "\(event.mapping) \(source)",
        mappingVersion: event.mappingVersion)
    )
  }

  /// The first text of use that the formulas give, in their order.
  private func first<Value>(
    _ formulas: [TypedFormula], of resources: [NodeID], _ read: (String) -> Value?
  ) throws(HubFailure) -> Value? {
    for typed in formulas {
      for resource in resources where tree.type(of: resource) == typed.type {
        for text in try tree.texts(typed.formula, of: resource) {
          if let value = read(text) { return value }
        }
      }
    }
    return nil
  }
}
