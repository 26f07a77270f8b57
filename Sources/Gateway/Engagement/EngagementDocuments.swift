import Diagnostics
import Foundation
import Mapping

/// Reads and writes the documents of the engagement index, through the mappings.
struct EngagementDocuments {
  let served: ServedMappings
  let rules: EngagementRules
  let receipt: Receipt

  /// Why a document can't be made or read.
  enum Fault: Error, Equatable {
    case noMapping(String)
    /// The codes of what is wrong, without its values.
    case refused(String)
  }

  // MARK: updates

  func update(_ transactions: [EngagementTransaction]) throws(Fault) -> [UInt8] {
    let posts = transactions.map { transaction in
      var parts = [EngagementPart(name: Self.deletion, valueBoolean: transaction.isDeletion)]
      parts += transaction.engagement.key.parts
      if let latest = transaction.engagement.latest, !transaction.isDeletion {
        parts.append(EngagementPart(name: Self.latest, valueInstant: latest))
      }
      return HubParameter(name: Self.post, part: parts)
    }
    return try written(HubParameters(id: "update", parameter: posts), as: rules.update)
  }

  func transactions(inUpdate document: [UInt8]) throws(Fault) -> [EngagementTransaction] {
    try parameters(document, as: rules.update).map { parameter in
      let isDeletion = parameter.part?.first { $0.name == Self.deletion }?.valueBoolean ?? false
      return EngagementTransaction(engagement: Self.engagement(parameter), isDeletion: isDeletion)
    }
  }

  /// The posts that a Bundle about one visit implies, by one of the mappings that tell.
  func implied(by bundle: [UInt8], _ mapping: String) throws(Fault) -> [Engagement] {
    guard let document = try implication(of: bundle, mapping) else { return [] }
    let posts = try transactions(inUpdate: document).filter { !$0.isDeletion }.map(\.engagement)
    guard posts.allSatisfy(\.key.isClean) else { throw .refused("EI004") }
    return posts
  }

  /// Nil where nothing is implied: an Update without posts can't be written. One whose posts lack something
  /// can't either, and that is another matter.
  private func implication(of bundle: [UInt8], _ name: String) throws(Fault) -> [UInt8]? {
    let mapping = try mapping(name)
    return try lent { translator throws(DiagnosticError) in
      try translator.readHub(bundle, named: "hub", receipt: receipt)
      do throws(DiagnosticError) {
        return try translator.write(as: mapping)
      } catch {
        guard error.diagnostics.allSatisfy(\.saysNoPosts) else { throw error }
        return nil
      }
    }
  }

  // MARK: questions

  /// What the index is asked about a patient in a domain.
  func question(_ patient: EngagementPart.Number, domain: String) throws(Fault) -> [UInt8] {
    try written(
      HubParameters(
        id: "query",
        parameter: [
          HubParameter(name: "patient", valueIdentifier: patient),
          HubParameter(name: "service-domain", valueUri: domain),
        ]), as: rules.question)
  }

  func engagements(inAnswer document: [UInt8]) throws(Fault) -> [Engagement] {
    try parameters(document, as: rules.answer).map(Self.engagement)
  }

  // MARK: parts

  private static let post = "engagement"
  private static let deletion = "delete"
  private static let latest = "most-recent-content"
  /// What is no part of the key.
  private static let others: Set = [deletion, latest, "created", "updated", "owner"]

  private static func engagement(_ parameter: HubParameter) -> Engagement {
    let parts = parameter.part ?? []
    return Engagement(
      key: EngagementKey(
        parts: parts.filter { !others.contains($0.name) }.sorted { $0.name < $1.name }),
      latest: parts.first { $0.name == latest }?.valueInstant)
  }

  private func parameters(_ document: [UInt8], as name: String) throws(Fault) -> [HubParameter] {
    let mapping = try mapping(name)
    let hub = try lent { translator throws(DiagnosticError) in
      try translator.read(document, as: mapping, named: "document", receipt: receipt)
      return translator.hub()
    }
    // Our own writing, so nothing of it is unexpected but what another version of the mapping says.
    guard let bundle = try? JSONDecoder().decode(HubDocument.self, from: Data(hub)) else {
      throw .refused("the mapping \(name)")
    }
    return (bundle.entry ?? []).flatMap { $0.resource.parameter ?? [] }.filter { $0.name == Self.post }
  }

  private func written(_ parameters: HubParameters, as name: String) throws(Fault) -> [UInt8] {
    let mapping = try mapping(name)
    guard let json = try? JSONEncoder().encode(parameters) else { throw .refused("the mapping \(name)") }
    return try lent { translator throws(DiagnosticError) in
      try translator.readHub(Array(json), named: "hub", receipt: receipt)
      return try translator.write(as: mapping)
    }
  }

  private func mapping(_ name: String) throws(Fault) -> Mapping {
    guard let entry = served.mappings[name] else { throw .noMapping(name) }
    return entry.mapping
  }

  private func lent<Value>(_ work: (Translator) throws(DiagnosticError) -> Value) throws(Fault) -> Value {
    let result = served.translators.lend { translator -> Result<Value, DiagnosticError> in
      do throws(DiagnosticError) { return .success(try work(translator)) } catch { return .failure(error) }
    }
    do throws(DiagnosticError) { return try result.get() } catch { throw .refused(error.codes) }
  }
}

/// The hub's resource Parameters (FHIR R4), as far as posts need it.
private struct HubParameters: Codable {
  var resourceType = "Parameters"
  let id: String?
  let parameter: [HubParameter]?
}

private struct HubParameter: Codable {
  let name: String
  var valueIdentifier: EngagementPart.Number?
  var valueUri: String?
  var part: [EngagementPart]?
}

private struct HubDocument: Decodable {
  struct Entry: Decodable { let resource: HubParameters }
  let entry: [Entry]?
}

extension Diagnostic {
  /// Whether the document lacks what stands right under its root: the posts, and not a part of one.
  fileprivate var saysNoPosts: Bool {
    guard case .nothingForRequired(let path, _, _) = problem else { return false }
    return !path.contains(".")
  }
}
